package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call as {@link Outbox#find} shows it.
 *
 * @param key the call's key
 * @param target the called system
 * @param operation method and path
 * @param state where it stands
 * @param attempts attempts made, the first included
 * @param last what the last attempt showed and what comes next, for a person; empty before the first
 * @param settled the outcome and its time; null while the call is open
 */
public record RecordedCall(
        IdempotencyKey key,
        String target,
        String operation,
        CallState state,
        int attempts,
        String last,
        @Nullable Settled settled) {

    /** The outcome of a call and when it became known here. */
    public record Settled(Outcome outcome, Instant at) {}
}
