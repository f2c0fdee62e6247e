package dev.nodoubt.call;

/** What the machine lets a relay do with a due call. */
public enum Step {
    /** Ask the receiver to do it, under the call's key. */
    EXECUTE,
    /** Ask what became of it, changing nothing. */
    QUERY,
    /** Ask the receiver to guarantee that the key will never execute, or to say that it already did. */
    FENCE,
    /** Ask a receiver without a fence to undo the request whose answer was lost, with its original data (net cancel). */
    CANCEL,
    /** No attempt was ever possibly sent: settle as never without asking. */
    SETTLE_NEVER,
    /** Nobody can be asked (any more): the call becomes unresolved, for a person. */
    PARK,
    /** The outcome is known; what is missing is the commit of its handler. */
    SETTLE;

    /** Whether it crosses the network. */
    public boolean crosses() {
        return compareTo(CANCEL) <= 0;
    }
}
