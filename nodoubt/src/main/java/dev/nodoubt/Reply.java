package dev.nodoubt;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a handler produced, as the receiver recorded it. {@code toString} never shows headers or body.
 *
 * @param status HTTP status, 100 to 599
 * @param headers the recorded headers without {@code Content-Type}, which the body carries; names compare without case
 * @param body null when it was not kept (too large, erased or past its retention); {@link Payload#EMPTY} when there was none
 */
public record Reply(
        int status, Map<String, String> headers, @Nullable Payload body) {

    public Reply {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("reply: status must be 100 to 599, was " + status);
        }
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf(':') >= 0 || hasControl(name) || hasControl(value)) {
                throw new IllegalArgumentException(
                        "reply: header \"" + name + "\" must have a name and no control characters");
            }
            copy.put(name, value);
        });
        headers = Collections.unmodifiableMap(copy);
    }

    public static Reply of(int status) {
        return new Reply(status, Map.of(), Payload.EMPTY);
    }

    public static Reply of(int status, Payload body) {
        return new Reply(status, Map.of(), body);
    }

    private static boolean hasControl(String s) {
        return s.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return "reply " + status + (body == null ? ", body not kept" : ", " + body);
    }
}
