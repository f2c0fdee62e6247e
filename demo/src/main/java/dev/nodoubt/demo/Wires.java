package dev.nodoubt.demo;

import dev.nodoubt.demo.network.FaultPlan;
import dev.nodoubt.demo.network.Faults;
import dev.nodoubt.demo.network.Watcher;
import java.util.function.Function;

/**
 * How the networks between the services are.
 *
 * @param faults of a network, told whether it may double requests by itself
 * @param watcher of all of them
 */
record Wires(Function<Boolean, Faults> faults, Watcher watcher) {

    /** With the faults of a seed, watched by nobody. */
    static Wires planned(long seed) {
        return new Wires(doubles -> new FaultPlan(seed, doubles), Watcher.NONE);
    }
}
