package dev.nodoubt.call;

import org.jspecify.annotations.Nullable;

/**
 * What became of an operator's action. Only what was done stands in the audit.
 *
 * @param result one of all
 * @param state where the call stands now; null where the action is none on a call, or there is no such call
 */
public record Deed(Result result, @Nullable CallState state) {

    /** How an action can end. */
    public enum Result {
        /** It is done, and audited. What follows from it is the relay's to do. */
        DONE,
        /** The call was settled meanwhile: there is nothing to do any more. */
        ENDED,
        /** No call was recorded under this key, or it was purged. */
        NO_SUCH_CALL,
        /** The call's state, or what its target offers, does not allow it. */
        NOT_POSSIBLE,
        /** It is so already: the target is paused, or is not; the call is given up; its next step is wanted at once. */
        ALREADY
    }

    public boolean isDone() {
        return result == Result.DONE;
    }
}
