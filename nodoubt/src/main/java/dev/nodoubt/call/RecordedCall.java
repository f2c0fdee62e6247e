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
 * @param labels as the application gave them
 * @param standing where it stands
 * @param settled the outcome and its time; null while the call is open
 */
public record RecordedCall(
        IdempotencyKey key,
        String target,
        String operation,
        Call.Labels labels,
        Standing standing,
        @Nullable Settled settled) {

    public CallState state() {
        return standing.state;
    }

    public int attempts() {
        return standing.attempts;
    }

    public String last() {
        return standing.last;
    }

    /**
     * Where a call stands.
     *
     * @param state one of all
     * @param attempts attempts made, the first included
     * @param last what the last attempt showed, for a person; empty before the first, and of a settled call
     * @param recordedAt by the store's clock
     * @param nextAt when its next step is due; null of a settled call
     */
    public record Standing(
            CallState state,
            int attempts,
            String last,
            Instant recordedAt,
            @Nullable Instant nextAt) {}

    /**
     * The outcome of a call and when it became known here.
     *
     * @param evidence who settled it by hand and why; null where an attempt did
     */
    public record Settled(
            Outcome outcome, Instant at, @Nullable String evidence) {}
}
