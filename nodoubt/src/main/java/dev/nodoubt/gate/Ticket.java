package dev.nodoubt.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request whose key was found acceptable and without a row. */
record Ticket(
        GateKey key,
        Instant time,
        Fingerprint fingerprint,
        String operation,
        @Nullable Instant deadline) {

    static Ticket of(GateRequest request, Fingerprint fingerprint, Instant time) {
        return new Ticket(request.gateKey(), time, fingerprint, request.operation(), request.deadline());
    }

    boolean deadlinePassed(Instant now) {
        return deadline != null && now.isAfter(deadline);
    }
}
