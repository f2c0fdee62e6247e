package dev.nodoubt.gate;

import dev.nodoubt.Answer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of a key, in reply to a query or a fence.
 *
 * @param answer the answer; a body that was not kept is null in its reply
 * @param operation method and path of the executed or rejected request; null for every other answer
 * @param at when the row was made, by the receiver's clock; null when there is no row
 */
public record Finding(
        Answer answer, @Nullable String operation, @Nullable Instant at) {

    public Finding {
        Objects.requireNonNull(answer, "answer");
    }

    static Finding of(Answer answer) {
        return new Finding(answer, null, null);
    }
}
