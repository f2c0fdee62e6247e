package dev.nodoubt.services.mail;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the delivery of a notification stands, as anybody may see it.
 *
 * @param attempts begun so far
 * @param doubts attempts whose end is not known: so many copies more than one may exist, all under {@code messageId}
 * @param last one line about the last attempt that ended; null before that
 */
record Delivery(
        UUID id,
        DeliveryState state,
        int attempts,
        int doubts,
        @Nullable String last,
        String messageId,
        @JsonUnwrapped Times times) {

    /**
     * By the database's clock.
     *
     * @param recordedAt when the intent was recorded
     * @param nextAt when the next attempt is due, or a running one's lease ends; null when the worker does nothing more
     * @param endedAt when it became sent or failed; null before that
     */
    record Times(
            Instant recordedAt,
            @Nullable Instant nextAt,
            @Nullable Instant endedAt) {}
}
