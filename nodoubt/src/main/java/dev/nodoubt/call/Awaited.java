package dev.nodoubt.call;

import dev.nodoubt.Outcome;

/** What a caller that waited for an outcome knows: the outcome, or that the call goes on without it. Never a guess. */
public sealed interface Awaited {

    /** The outcome is known and written. */
    record Known(Outcome outcome) implements Awaited {}

    /**
     * The call is open, and is brought to its outcome in the background.
     *
     * @param state where it stands
     * @param reason why there was no more waiting: the bound is over, the breaker is open, no permit is free, the target
     *     is paused, the call is unresolved, or this node does not work on it any more; one line for a person
     */
    record Open(CallState state, String reason) implements Awaited {}
}
