package dev.nodoubt.call;

/** What the machine lets a relay do with a due call. */
public enum Step {
    /** Ask the receiver to do it, under the call's key. */
    EXECUTE,
    /** Ask the receiver what it knows of the key, changing nothing. */
    QUERY,
    /** Ask the receiver to guarantee that the key will never execute, or to say that it already did. */
    FENCE,
    /** No attempt was ever possibly sent: settle as never without asking. */
    SETTLE_NEVER
}
