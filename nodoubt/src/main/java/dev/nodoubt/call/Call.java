package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;

/**
 * A call to be recorded by {@link Outbox#send}. Immutable.
 *
 * @param key the unique ID under which the call is repeated: a version 7 UUID
 * @param request what is wanted
 * @param deadline how long after recording the caller keeps trying before it fences; more than zero, at most 13 days
 *     (the receiver's accept window of 14 days less one), 24 hours by default
 */
public record Call(IdempotencyKey key, Request request, Duration deadline) {

    /** The longest deadline: a receiver accepts keys up to 14 days old, and the last day is for the fence. */
    public static final Duration LONGEST_DEADLINE = Duration.ofDays(13);

    private static final Duration DEFAULT_DEADLINE = Duration.ofHours(24);

    public Call {
        if (key.time().isEmpty()) {
            throw new IllegalArgumentException("call: key must be a version 7 UUID, which " + key + " is not");
        }
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST_DEADLINE) > 0) {
            throw new IllegalArgumentException("call to " + request.target() + ": deadline must be > 0 and at most "
                    + LONGEST_DEADLINE + ", was " + deadline);
        }
    }

    /** A POST under a new key. */
    public static Call post(String target, String path, Payload payload) {
        return new Call(
                IdempotencyKey.create(Instant.now()), new Request(target, "POST", path, payload), DEFAULT_DEADLINE);
    }

    public Call withDeadline(Duration newDeadline) {
        return new Call(key, request, newDeadline);
    }

    @Override
    public String toString() {
        return "call " + key + " to " + request.target() + " (" + request.operation() + ")";
    }
}
