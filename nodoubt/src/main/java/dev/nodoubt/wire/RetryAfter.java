package dev.nodoubt.wire;

import java.time.Duration;
import java.util.regex.Pattern;

/** How long a receiver asks to wait, in seconds; zero when it does not say, or says it as a date. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}([.][0-9]{1,9})?");
    private static final double LONGEST_SECONDS = 1_000_000;

    private RetryAfter() {}

    static Duration of(Headers headers) {
        return headers.first(Headers.RETRY_AFTER)
                .map(String::trim)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> seconds(Double.parseDouble(value)))
                .orElse(Duration.ZERO);
    }

    /** Never negative; a longer time than eleven days is cut there. */
    static Duration seconds(double seconds) {
        double bounded = seconds > 0 ? Math.min(seconds, LONGEST_SECONDS) : 0;
        return Duration.ofNanos(Math.round(bounded * 1e9));
    }
}
