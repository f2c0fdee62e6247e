package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;

/**
 * One crossing of the network.
 *
 * @param step one that crosses the network: {@link Step#EXECUTE}, {@link Step#QUERY}, {@link Step#FENCE} or {@link
 *     Step#CANCEL}
 * @param key the call's key
 * @param request what the call wants; query and fence use its target only, a cancel all of it
 * @param number counts the call's attempts from 1
 * @param remaining until the call's deadline at the moment of sending; zero or less when it has passed
 */
public record Attempt(Step step, IdempotencyKey key, Request request, int number, Duration remaining) {
    public Attempt {
        if (!step.crosses()) {
            throw new IllegalArgumentException("attempt: step must cross the network, was " + step);
        }
    }

    @Override
    public String toString() {
        return step + " " + number + " of " + key + " to " + request.target();
    }
}
