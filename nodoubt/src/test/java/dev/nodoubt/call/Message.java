package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something on the simulated network: a request, or the answer to one.
 *
 * @param begunAt when the attempt began, by the world's own clock
 */
record Message(
        int node,
        int attempt,
        Step step,
        IdempotencyKey key,
        Instant begunAt,
        @Nullable AttemptResult answer) {

    Message answeredBy(AttemptResult result) {
        return new Message(node, attempt, step, key, begunAt, result);
    }

    @Override
    public String toString() {
        String request = step + " #" + attempt + " of " + key + " by node " + node;
        return answer == null ? request : "answer to " + request + ": " + answer;
    }
}
