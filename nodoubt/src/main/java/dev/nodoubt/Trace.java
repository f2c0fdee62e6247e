package dev.nodoubt;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place in a distributed trace that a call continues, in the words of the W3C's Trace Context. Immutable.
 *
 * @param parent the {@code traceparent}: version, trace ID, parent ID and flags, 55 characters, neither ID all zeros
 * @param state the {@code tracestate}, 1 to 512 visible ASCII characters and spaces; null for none
 */
public record Trace(String parent, @Nullable String state) {

    private static final Pattern PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern STATE = Pattern.compile("[!-~]([ -~]{0,510}[!-~])?");

    public Trace {
        if (!PARENT.matcher(parent).matches()) {
            throw new IllegalArgumentException(
                    "trace: parent must be a traceparent of the W3C's Trace Context, was \"" + shown(parent) + "\"");
        }
        if (state != null && !STATE.matcher(state).matches()) {
            throw new IllegalArgumentException(
                    "trace: state must be 1 to 512 visible ASCII characters, was \"" + shown(state) + "\"");
        }
    }

    private static String shown(String value) {
        return value.length() > 80 ? value.substring(0, 80) + "…" : value;
    }

    /** What two headers say: empty without a usable {@code traceparent}; a {@code tracestate} out of bounds is left out. */
    public static Optional<Trace> of(@Nullable String parent, @Nullable String state) {
        if (parent == null || !PARENT.matcher(parent).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Trace(parent, state == null || !STATE.matcher(state).matches() ? null : state));
    }

    /** Both in one line of at most 568 characters, as {@link #ofText} reads it. */
    public String text() {
        return state == null ? parent : parent + " " + state;
    }

    /** What {@link #text} wrote; empty of anything else, because no call waits for its trace. */
    public static Optional<Trace> ofText(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        int space = text.indexOf(' ');
        return space < 0 ? of(text, null) : of(text.substring(0, space), text.substring(space + 1));
    }
}
