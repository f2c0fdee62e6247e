package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A call that was recorded in the current transaction: it is delivered if and only if that transaction commits, and then
 * until its outcome is known. A method of an {@code @HttpExchange} interface that returns one is recorded instead of sent.
 * Thread-safe.
 *
 * <p>The handle lives in this process. What outlives it is the {@link #key}: {@link DurableClient#find} makes a handle of
 * it again.
 *
 * @param <T> what the reply's body is read as; {@code Void} where nobody reads it
 */
public final class Durable<T> {

    private final IdempotencyKey key;
    private final String target;
    private final Type replyType;
    private final DurableClient client;

    Durable(IdempotencyKey key, String target, Type replyType, DurableClient client) {
        this.key = key;
        this.target = target;
        this.replyType = replyType;
        this.client = client;
    }

    /** The call's key: an earlier call's, where that has the same business key. */
    public IdempotencyKey key() {
        return key;
    }

    /** Configured name of the called system. */
    public String target() {
        return target;
    }

    /** What {@link #reply} reads. */
    public Type replyType() {
        return replyType;
    }

    /** What became of the call, read from the database; empty while it is open, was rolled back, or after it was purged. */
    public Optional<Outcome> outcome() {
        return client.outcome(key);
    }

    /**
     * The reply of an executed call, read by the application's message converters, by the media type it came with.
     *
     * @return empty where {@link #outcome} is not <em>executed</em>, and where the reply had no body or it was not kept
     * @throws IllegalStateException when no converter reads it as this type
     */
    public Optional<T> reply() {
        return outcome()
                .filter(Outcome.Executed.class::isInstance)
                .flatMap(outcome -> client.read(((Outcome.Executed) outcome).reply(), replyType));
    }

    /** Target and key's digest. */
    @Override
    public String toString() {
        return "call " + key + " to " + target;
    }
}
