package dev.nodoubt.services.mail;

import dev.nodoubt.Payload;
import dev.nodoubt.staged.Claim;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The payload of an intent to send a mail: JSON of its own, which neither the web's settings nor a newer version of this
 * service may read differently.
 */
final class MailPayload {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private MailPayload() {}

    /** The fields, as they are written. */
    record Fields(
            String messageId,
            String from,
            String to,
            String subject,
            String text,
            @Nullable String transferId) {}

    static Payload of(String messageId, String from, Notification content) {
        return Payload.of(
                JSON.writeValueAsBytes(new Fields(
                        messageId, from, content.to(), content.subject(), content.text(), content.transferId())),
                "application/json");
    }

    /**
     * The mail that was recorded.
     *
     * @throws IllegalArgumentException when the payload is none of a mail
     */
    static Mail mail(Claim claim) {
        Fields fields = read(claim.intent().payload());
        return new Mail(
                fields.messageId(),
                fields.from(),
                claim.recordedAt(),
                new Notification(fields.to(), fields.subject(), fields.text(), fields.transferId()));
    }

    static String messageId(Payload payload) {
        return read(payload).messageId();
    }

    private static Fields read(Payload payload) {
        try {
            Fields fields = JSON.readValue(payload.bytes(), Fields.class);
            Objects.requireNonNull(fields.messageId());
            Objects.requireNonNull(fields.from());
            Objects.requireNonNull(fields.to());
            Objects.requireNonNull(fields.subject());
            Objects.requireNonNull(fields.text());
            return fields;
        } catch (JacksonException | NullPointerException e) {
            // Without the cause: its message may hold what was to be read.
            throw new IllegalArgumentException("the recorded payload is none of a mail");
        }
    }
}
