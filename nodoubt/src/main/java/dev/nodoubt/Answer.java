package dev.nodoubt;

import java.time.Duration;
import java.util.Objects;

/** What a receiver's gate says of a key, in reply to an execute, a query or a fence. */
public sealed interface Answer extends AttemptResult
        permits Outcome, Answer.InProgress, Answer.Absent, Answer.NotExecuted, Answer.Unknown, Answer.Expired {

    /**
     * Another attempt holds the key at this instant.
     *
     * @param retryAfter how long the receiver asks to wait, not negative
     */
    record InProgress(Duration retryAfter) implements Answer {
        public InProgress {
            if (retryAfter.isNegative()) {
                throw new IllegalArgumentException("in-progress: retryAfter must be >= 0, was " + retryAfter);
            }
        }
    }

    /** No committed row and nobody holds the key at this instant. Proves nothing: a request may still be on its way. */
    record Absent() implements Answer {}

    /**
     * This attempt certainly had no effect, and nothing was recorded under the key. Says nothing about other attempts.
     *
     * @param reply what the receiver sent; its status decides whether the attempt is worth repeating
     */
    record NotExecuted(Reply reply) implements Answer {
        public NotExecuted {
            Objects.requireNonNull(reply, "reply");
        }
    }

    /** The receiver lost the answer to its own COMMIT: query, fence or repeat. */
    record Unknown() implements Answer {}

    /** The key is below the receiver's horizon and has no row: it will not execute from now on, its past is unknown. */
    record Expired() implements Answer {}
}
