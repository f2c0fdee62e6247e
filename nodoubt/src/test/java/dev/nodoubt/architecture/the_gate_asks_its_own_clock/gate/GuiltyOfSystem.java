package dev.nodoubt.architecture.the_gate_asks_its_own_clock.gate;

import java.time.InstantSource;

final class GuiltyOfSystem {

    InstantSource clock() {
        return InstantSource.system();
    }
}
