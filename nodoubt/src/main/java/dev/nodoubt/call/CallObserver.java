package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Watch;

/**
 * Watches a relay at its work (a port for metrics and traces). It decides nothing: what it throws is logged and ignored,
 * and it must neither wait nor use the store, because most of it runs on the one thread that delivers all calls.
 * Implementations are thread-safe.
 */
public interface CallObserver {

    /** Watches nothing. */
    CallObserver NONE = new CallObserver() {};

    /**
     * A call is being recorded, on the thread and in the transaction of the application, which may still roll back. The
     * watch's trace is recorded with a call that has none of its own.
     */
    default Watch<CallStore.Recording> recording(Call call) {
        return new Watch<>() {};
    }

    /** An attempt crosses the network from now on; it carries the watch's trace, or else that of its call. */
    default Watch<AttemptResult> attempting(Attempt attempt) {
        return new Watch<>() {};
    }

    /**
     * A call's outcome is known. The watch ends when it is committed: true when this relay's word settled the call, false
     * when another one had taken it over. It fails when the outcome handler did, and a new one begins with the next try.
     * Its scope is open while the handler runs.
     */
    default Watch<Boolean> settling(OpenCall call, Outcome outcome) {
        return new Watch<>() {};
    }

    /**
     * A call has become one of which nobody can know the outcome by asking: a person is needed. Told at least once, after
     * the application's listener and before it is written.
     */
    default void unresolved(OpenCall call) {}
}
