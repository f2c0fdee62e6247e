package dev.nodoubt.staged;

/** What became of the wish to withdraw an intent. The row's lock decides between it and the worker. */
public sealed interface Withdrawal {

    /** It will never be sent, and nothing of it ever left; also the answer to a repetition. Final. */
    record Withdrawn() implements Withdrawal {}

    /** An attempt is running: ask again in a moment. */
    record InProgress() implements Withdrawal {}

    /**
     * It had ended before. Final.
     *
     * @param state sent or failed
     */
    record TooLate(IntentState state) implements Withdrawal {}

    /** An attempt's end is not known: only the other side, or a person, can tell whether it happened. */
    record InDoubt() implements Withdrawal {}
}
