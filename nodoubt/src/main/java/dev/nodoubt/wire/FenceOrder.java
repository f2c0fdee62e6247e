package dev.nodoubt.wire;

import dev.nodoubt.gate.Gate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The optional body of a fence: {@code {"reason": "…", "wait": 500}}. Other members are skipped.
 *
 * @param reason for people; empty when not given
 * @param lockWait how long to wait for an execution to end
 */
record FenceOrder(String reason, Duration lockWait) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LARGEST_BODY = 4096;
    private static final int LONGEST_REASON = 200;

    /**
     * Reads the body.
     *
     * @throws IllegalArgumentException with one line for the caller, without content
     */
    static FenceOrder of(byte[] body) {
        if (body.length > LARGEST_BODY) {
            throw new IllegalArgumentException(
                    "a fence's body must have at most " + LARGEST_BODY + " bytes, had " + body.length);
        }
        if (body.length == 0) {
            return new FenceOrder("", Gate.FENCE_WAIT);
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            return read(parser);
        } catch (JacksonException e) {
            // The parser's own message repeats content.
            throw new IllegalArgumentException("a fence's body must be well-formed JSON", e);
        }
    }

    private static FenceOrder read(JsonParser parser) {
        require(parser.nextToken() == JsonToken.START_OBJECT, "a fence's body must be a JSON object");
        String reason = "";
        Duration wait = Gate.FENCE_WAIT;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("reason")) {
                require(value == JsonToken.VALUE_STRING, "reason must be a string");
                reason = parser.getString();
                require(
                        reason.length() <= LONGEST_REASON && isText(reason),
                        "reason must have at most " + LONGEST_REASON + " characters of Unicode, none of them U+0000");
            } else if (name.equals("wait")) {
                require(value == JsonToken.VALUE_NUMBER_INT, "wait must be a whole number of milliseconds");
                wait = Duration.ofMillis(parser.getLongValue());
                require(
                        !wait.isNegative() && wait.compareTo(Gate.LONGEST_FENCE_WAIT) <= 0,
                        "wait must be 0 to " + Gate.LONGEST_FENCE_WAIT.toMillis() + " ms");
            } else {
                parser.skipChildren();
            }
        }
        require(parser.nextToken() == null, "nothing may follow a fence's JSON object");
        return new FenceOrder(reason, wait);
    }

    /** What a database can store: no U+0000, no half of a surrogate pair. */
    private static boolean isText(String reason) {
        return reason.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(reason);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
