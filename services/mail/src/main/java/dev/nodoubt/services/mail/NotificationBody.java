package dev.nodoubt.services.mail;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of a notification strictly: nothing is guessed, converted or ignored. */
final class NotificationBody {

    private static final Set<String> FIELDS = Set.of("to", "subject", "text", "transferId");

    private NotificationBody() {}

    /**
     * The notification that this JSON and this header describe.
     *
     * @param transferId of the header X-Transfer-Id; a recorded call has no headers, so the field transferId says the same
     * @throws InvalidField when a field is missing, unknown, no string, or breaks a rule of {@link Notification}
     */
    static Notification read(JsonNode body, @Nullable String transferId) {
        if (!body.isObject()) {
            throw new InvalidField("request body", "must be a JSON object with to, subject and text", kind(body));
        }
        for (String name : body.propertyNames()) {
            if (!FIELDS.contains(name)) {
                throw new InvalidField(
                        "request body",
                        "must have no other fields than to, subject, text and transferId",
                        '"' + name + '"');
            }
        }
        return new Notification(
                text(body, "to"), text(body, "subject"), text(body, "text"), transferId(body, transferId));
    }

    private static @Nullable String transferId(JsonNode body, @Nullable String header) {
        if (!body.has("transferId")) {
            return header;
        }
        String field = text(body, "transferId");
        if (header != null && !header.equals(field)) {
            throw new InvalidField("transferId", "must be what the header X-Transfer-Id says", '"' + field + '"');
        }
        return field;
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || !value.isString()) {
            throw new InvalidField(field, "must be a string", value == null ? null : kind(value));
        }
        return value.stringValue();
    }

    private static @Nullable String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "the number " + value.asString();
            case BOOLEAN -> value.asString();
            case NULL -> "null";
            default -> null;
        };
    }
}
