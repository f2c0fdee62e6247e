package dev.nodoubt;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The final knowledge of a call. It never changes once it is known. */
public sealed interface Outcome extends Answer permits Outcome.Executed, Outcome.Rejected, Outcome.Never {

    /**
     * It happened exactly once: the effect and its record committed together.
     *
     * @param reply the first recorded reply
     */
    record Executed(Reply reply) implements Outcome {
        public Executed {
            Objects.requireNonNull(reply, "reply");
        }
    }

    /**
     * It did not happen and never will: the receiver declared a refusal, rolled everything back and recorded the reply.
     *
     * @param reply the recorded refusal
     */
    record Rejected(Reply reply) implements Outcome {
        public Rejected {
            Objects.requireNonNull(reply, "reply");
        }
    }

    /**
     * It did not happen and never will.
     *
     * @param why the proof
     * @param refusal the reply that made the caller give up, where one did; null after a deadline or a cancel
     */
    record Never(Why why, @Nullable Reply refusal) implements Outcome {
        public Never {
            Objects.requireNonNull(why, "why");
        }

        public static Never of(Why why) {
            return new Never(why, null);
        }
    }

    /** What proves a {@link Never}. */
    enum Why {
        /** No attempt ever left the caller. */
        NEVER_SENT,
        /** A tombstone stands in the key's own row at the receiver. */
        FENCED,
        /** The receiver confirmed a net cancel of the call's only request. No proof against one that arrives later. */
        CANCELLED,
        /**
         * An assumption that the target opted in to: nothing was found after the receiver's documented processing time.
         * Shown and counted apart, outside the promise.
         */
        ASSUMED,
        /** A person settled it, with evidence. */
        BY_HAND
    }
}
