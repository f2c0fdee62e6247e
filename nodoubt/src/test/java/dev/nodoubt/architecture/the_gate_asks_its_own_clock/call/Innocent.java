package dev.nodoubt.architecture.the_gate_asks_its_own_clock.call;

import java.time.Instant;

final class Innocent {

    Instant now() {
        return Instant.now();
    }
}
