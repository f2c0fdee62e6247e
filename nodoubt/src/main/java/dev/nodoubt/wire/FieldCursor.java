package dev.nodoubt.wire;

import org.jspecify.annotations.Nullable;

/** Reads a header's value from left to right (RFC 9110, section 5.6). */
final class FieldCursor {

    private final String value;
    private int at;

    FieldCursor(String value) {
        this.value = value;
    }

    boolean atEnd() {
        return at == value.length();
    }

    void skipWhitespace() {
        while (!atEnd() && " \t".indexOf(value.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Whether this character comes next, which is taken then. */
    boolean take(char expected) {
        boolean comes = !atEnd() && value.charAt(at) == expected;
        if (comes) {
            at++;
        }
        return comes;
    }

    /** What comes before white space and any of these; may be empty. */
    String upTo(String stops) {
        int from = at;
        while (!atEnd() && " \t".indexOf(value.charAt(at)) < 0 && stops.indexOf(value.charAt(at)) < 0) {
            at++;
        }
        return value.substring(from, at);
    }

    /** A quoted string without its quotes and escapes, or what comes before any of these; null when a quote is open. */
    @Nullable
    String word(String stops) {
        if (!take('"')) {
            return upTo(stops);
        }
        StringBuilder content = new StringBuilder();
        while (!take('"')) {
            take('\\');
            if (atEnd()) {
                return null;
            }
            content.append(value.charAt(at++));
        }
        return content.toString();
    }
}
