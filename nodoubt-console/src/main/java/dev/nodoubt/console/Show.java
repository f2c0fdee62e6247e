package dev.nodoubt.console;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values as a person reads them in one language.
 *
 * @param texts of that language
 * @param now from which ages are counted
 */
record Show(Texts texts, Instant now) {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private static final List<ChronoUnit> UNITS =
            List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);

    String state(CallState state) {
        return texts.get("state." + state.word());
    }

    String count(Count count) {
        return texts.number(count.value()) + (count.more() ? "+" : "");
    }

    String number(long value) {
        return texts.number(value);
    }

    /** In UTC, to the second. */
    String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** How long ago; zero for what lies ahead. */
    String age(Instant at) {
        Duration age = Duration.between(at, now);
        return duration(age.isNegative() ? Duration.ZERO : age);
    }

    /** How long until then; zero for what is over. */
    String ahead(Instant at) {
        Duration ahead = Duration.between(now, at);
        return duration(ahead.isNegative() ? Duration.ZERO : ahead);
    }

    /** With its two largest units; below a second in milliseconds. */
    String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return texts.get("time.millis", duration.toMillis());
        }
        if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
            return texts.get("time.tenths", Math.floor(duration.toMillis() / 100.0) / 10);
        }
        long seconds = duration.toSeconds();
        for (int i = 0; i < UNITS.size() - 1; i++) {
            long unit = UNITS.get(i).getDuration().toSeconds();
            if (seconds >= unit) {
                long less = UNITS.get(i + 1).getDuration().toSeconds();
                long rest = seconds % unit / less;
                String large = unit(UNITS.get(i), seconds / unit);
                return rest == 0 ? large : large + " " + unit(UNITS.get(i + 1), rest);
            }
        }
        return unit(ChronoUnit.SECONDS, seconds);
    }

    private String unit(ChronoUnit unit, long value) {
        return texts.get("time." + unit.name().toLowerCase(Locale.ROOT), value);
    }

    String bytes(long size) {
        return size < 10_000 ? texts.get("size.bytes", size) : texts.get("size.kilobytes", size / 1_000);
    }

    /** A value that may not be there. */
    String orNone(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? "–" : value.toString();
    }
}
