package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;

/**
 * One crossing of the network.
 *
 * @param step {@link Step#EXECUTE}, {@link Step#QUERY} or {@link Step#FENCE}
 * @param key the call's key
 * @param request what the call wants; query and fence use its target only
 * @param number counts the call's attempts from 1
 * @param remaining until the call's deadline at the moment of sending; zero or less when it has passed
 */
public record Attempt(Step step, IdempotencyKey key, Request request, int number, Duration remaining) {
    public Attempt {
        if (step == Step.SETTLE_NEVER) {
            throw new IllegalArgumentException("attempt: step must cross the network, was " + step);
        }
    }

    @Override
    public String toString() {
        return step + " " + number + " of " + key + " to " + request.target();
    }
}
