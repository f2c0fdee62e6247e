package dev.nodoubt.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request whose key was found acceptable and without a row. */
record Ticket(GateRequest request, @Nullable Instant time) {

    GateKey key() {
        return request.gateKey();
    }

    boolean deadlinePassed(Instant now) {
        return request.terms().deadlinePassed(now);
    }

    GateRow.Executed begun(Instant now) {
        return new GateRow.Executed(request.fingerprints().chosen(), request.operation(), time, now, null);
    }
}
