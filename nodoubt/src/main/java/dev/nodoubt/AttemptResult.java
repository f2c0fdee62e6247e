package dev.nodoubt;

import java.util.Objects;

/**
 * What one attempt taught the caller about its call.
 *
 * <p>Only an {@link Outcome} settles a call. A later {@link NotSent} says nothing about an earlier {@link Lost}: doubt
 * does not heal by itself.
 */
public sealed interface AttemptResult
        permits Answer, AttemptResult.NotSent, AttemptResult.Lost, AttemptResult.Unmarked {

    /**
     * No byte of this attempt left the caller: name not resolved, connection refused, connect timeout, no pooled
     * connection in time. The receiver cannot have seen it.
     *
     * @param reason one line for a person, never the payload
     */
    record NotSent(String reason) implements AttemptResult {
        public NotSent {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The request may have reached the receiver, and no usable answer came back: read timeout, reset, truncated or
     * garbled answer, or an error status that the receiver's gate did not mark. The call is in doubt.
     *
     * @param reason one line for a person, never the payload
     */
    record Lost(String reason) implements AttemptResult {
        public Lost {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A complete 2xx or 3xx answer without {@code Nodoubt-Outcome} from a target that is declared a nodoubt receiver:
     * the path is not gated, and each further execute would execute again. The call is never executed again.
     *
     * @param status the HTTP status of that answer, 200 to 399
     */
    record Unmarked(int status) implements AttemptResult {}
}
