package dev.nodoubt.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Prefer} header of a request (RFC 7240), of which only {@code wait} means something here. */
final class Preference {

    private static final String STOPS = "=,;\"";
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");

    /** Longer numbers of seconds are cut: whoever asks has a bound of its own. */
    private static final int MOST_DIGITS = 9;

    private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

    private Preference() {}

    /**
     * How long the caller would rather wait than be told to come again; zero when it does not say, or says it otherwise
     * than in whole seconds. The first {@code wait} counts. To be bounded by whoever waits.
     */
    static Duration waiting(Headers headers) {
        return headers.all(Headers.PREFER).stream()
                .map(Preference::firstWait)
                .flatMap(Optional::stream)
                .findFirst()
                .map(Preference::seconds)
                .orElse(Duration.ZERO);
    }

    /** The value of the first {@code wait} of a line; what follows a malformed preference is not read. */
    private static Optional<String> firstWait(String line) {
        FieldCursor cursor = new FieldCursor(line);
        boolean first = true;
        while (!cursor.atEnd()) {
            cursor.skipWhitespace();
            String name = cursor.upTo(STOPS);
            String value = value(cursor);
            boolean ended = cursor.atEnd();
            boolean comma = cursor.take(',');
            if (value == null || !(ended || comma || cursor.take(';'))) {
                break;
            }
            if (first && name.equalsIgnoreCase("wait")) {
                return Optional.of(value);
            }
            first = comma; // a semicolon begins a parameter of this preference
        }
        return Optional.empty();
    }

    private static @Nullable String value(FieldCursor cursor) {
        cursor.skipWhitespace();
        if (!cursor.take('=')) {
            return "";
        }
        cursor.skipWhitespace();
        String value = cursor.word(STOPS);
        cursor.skipWhitespace();
        return value;
    }

    private static Duration seconds(String value) {
        if (!SECONDS.matcher(value).matches()) {
            return Duration.ZERO;
        }
        return value.length() > MOST_DIGITS ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
    }
}
