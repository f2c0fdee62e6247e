package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/** Something on the simulated network: a request, or the answer to one. */
record Message(
        int node,
        int attempt,
        Step step,
        IdempotencyKey key,
        @Nullable AttemptResult answer) {

    Message answeredBy(AttemptResult result) {
        return new Message(node, attempt, step, key, result);
    }

    @Override
    public String toString() {
        String request = step + " #" + attempt + " of " + key + " by node " + node;
        return answer == null ? request : "answer to " + request + ": " + answer;
    }
}
