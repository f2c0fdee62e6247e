package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Trace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One crossing of the network.
 *
 * @param step one that crosses the network: {@link Step#EXECUTE}, {@link Step#QUERY}, {@link Step#FENCE} or {@link
 *     Step#CANCEL}
 * @param key the call's key
 * @param request what the call wants; query and fence use its target only, a cancel all of it
 * @param number counts the call's attempts from 1
 * @param remaining until the call's deadline at the moment of sending; zero or less when it has passed
 * @param trace where the receiver's part of the call's trace goes on; null for none
 */
public record Attempt(
        Step step,
        IdempotencyKey key,
        Request request,
        int number,
        Duration remaining,
        @Nullable Trace trace) {

    public Attempt {
        if (!step.crosses()) {
            throw new IllegalArgumentException("attempt: step must cross the network, was " + step);
        }
    }

    /** An attempt of no trace. */
    public Attempt(Step step, IdempotencyKey key, Request request, int number, Duration remaining) {
        this(step, key, request, number, remaining, null);
    }

    /** The same attempt, continuing this trace; its own where that is null. */
    Attempt within(@Nullable Trace other) {
        return other == null ? this : new Attempt(step, key, request, number, remaining, other);
    }

    @Override
    public String toString() {
        return step + " " + number + " of " + key + " to " + request.target();
    }
}
