package dev.nodoubt.gate;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A request whose key was found acceptable and without a row. */
record Ticket(GateRequest request, @Nullable Instant time) {

    /** Now, as finely as databases keep it, so that the first answer says what every later one does. */
    static Instant at(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

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
