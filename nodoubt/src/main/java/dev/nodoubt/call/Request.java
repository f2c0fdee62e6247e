package dev.nodoubt.call;

import dev.nodoubt.Payload;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the caller wants done: an operation of a target and the exact bytes for it. A target is a configured name and
 * never an address, so that data cannot direct a request elsewhere.
 *
 * @param target configured name of the called system, 1 to 64 characters of {@code a-z 0-9 . -}
 * @param method {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
 * @param path path and query below the target's base address, beginning with one {@code /}, at most 2,000 characters
 * @param payload the bytes to send
 */
public record Request(String target, String method, String path, Payload payload) {

    private static final Pattern TARGET = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int LONGEST_PATH = 2_000;

    public Request {
        Objects.requireNonNull(payload, "payload");
        require(TARGET.matcher(target).matches(), "target", "1 to 64 characters of a-z 0-9 . -", target);
        require(METHODS.contains(method), "method", "POST, PUT, PATCH or DELETE", method);
        require(
                isPath(path),
                "path",
                "visible ASCII without # and \\, begin with one / and have at most 2000 characters",
                path);
    }

    /** In a loop: it is asked of every call that is recorded and of every row that is read. */
    private static boolean isPath(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < '!' || c > '~' || c == '#' || c == '\\') {
                return false;
            }
        }
        return path.startsWith("/") && !path.startsWith("//") && path.length() <= LONGEST_PATH;
    }

    private static void require(boolean holds, String property, String rule, String value) {
        if (!holds) {
            String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
            throw new IllegalArgumentException("request: " + property + " must be " + rule + ", was \"" + shown + "\"");
        }
    }

    /** The operation without its bytes: {@code POST /api/notifications}. */
    public String operation() {
        return method + " " + path;
    }
}
