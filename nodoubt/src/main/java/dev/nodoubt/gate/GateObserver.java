package dev.nodoubt.gate;

import dev.nodoubt.Watch;

/**
 * Watches a gate at its work (a port for metrics and traces). It decides nothing: what it throws is logged and ignored.
 * Called on the thread of the request. Implementations are thread-safe.
 */
public interface GateObserver {

    /** Watches nothing. */
    GateObserver NONE = new GateObserver() {};

    /** A request is at the gate; its watch's scope is open until the gate has decided, also while the handler runs. */
    default Watch<Admission> executing(GateRequest request) {
        return new Watch<>() {};
    }

    /** A caller asks what became of a key. */
    default Watch<Finding> querying(GateKey key) {
        return new Watch<>() {};
    }

    /** A caller wants a key never to execute from now on. */
    default Watch<Finding> fencing(GateKey key) {
        return new Watch<>() {};
    }

    /** A {@link GateUpkeep} deleted so many keys that are past their retention. */
    default void purged(int keys) {}
}
