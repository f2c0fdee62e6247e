package dev.nodoubt.services.mail;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nodoubt.staged.IntentStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the delivery of a notification stands, as its caller sees it.
 *
 * @param state {@code waiting}, {@code sending}, {@code sent}, {@code in-doubt}, {@code failed} or {@code withdrawn}
 * @param attempts begun so far
 * @param doubts attempts whose end is not known: so many copies more than one may exist, all under {@code messageId}
 * @param last one line about the last attempt that ended; null before that
 * @param times by the database's clock
 */
record Delivery(
        UUID id,
        String state,
        int attempts,
        int doubts,
        @Nullable String last,
        String messageId,
        @JsonUnwrapped Times times) {

    /**
     * When what happened, or will.
     *
     * @param recordedAt when the intent was recorded
     * @param nextAt when the next attempt is due, or a running one's lease ends; null when the worker does nothing more
     * @param endedAt when its state became final; null before that
     */
    record Times(
            Instant recordedAt,
            @Nullable Instant nextAt,
            @Nullable Instant endedAt) {}

    static Delivery of(IntentStatus status) {
        IntentStatus.Times times = status.times();
        return new Delivery(
                status.intent().id(),
                status.state().word(),
                status.attempts(),
                status.doubts(),
                status.last(),
                MailPayload.messageId(status.intent().payload()),
                new Times(times.recordedAt(), times.nextAt(), times.endedAt()));
    }
}
