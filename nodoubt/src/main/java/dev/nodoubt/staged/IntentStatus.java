package dev.nodoubt.staged;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an intent.
 *
 * @param attempts begun so far
 * @param doubts attempts whose end is not known: so many effects more than one may exist
 * @param last one line about the last attempt that ended; null before that
 */
public record IntentStatus(
        Intent intent,
        IntentState state,
        int attempts,
        int doubts,
        @Nullable String last,
        Times times) {

    /**
     * By the database's clock.
     *
     * @param recordedAt when the intent was recorded
     * @param nextAt when the next attempt is due, or a running one's lease ends; null when the worker does nothing more
     * @param endedAt when its state became final; null before that
     */
    public record Times(
            Instant recordedAt,
            @Nullable Instant nextAt,
            @Nullable Instant endedAt) {}
}
