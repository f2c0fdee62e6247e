package dev.nodoubt.architecture.the_gate_asks_its_own_clock.gate;

import java.time.Instant;

final class Guilty {

    Instant now() {
        return Instant.now();
    }
}
