package dev.nodoubt.console;

import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a term of the filter line can ask for. */
enum Qualifier {
    TARGET {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            return filter.withQuery(filter.query().to(value));
        }
    },
    STATE {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            CallState[] states =
                    Arrays.stream(value.split(",")).map(CallState::ofWord).toArray(CallState[]::new);
            return filter.withQuery(filter.query().in(states));
        }
    },
    KEY {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            return filter.withKeyPrefix(value.toLowerCase(Locale.ROOT));
        }
    },
    REF {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            return filter.withQuery(filter.query().withReference(value));
        }
    },
    TAG {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            return filter.withQuery(filter.query().withTag(value));
        }
    },
    ERROR {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            return filter.withText(value);
        }
    },
    AGE {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            Matcher age = require(AGES, value);
            Instant at = now.minus(Duration.of(Long.parseLong(age.group(2)), unit(age.group(3))));
            return age.group(1).equals(">") ? filter.made(filter.madeFrom(), at) : filter.made(at, filter.madeTo());
        }
    },
    ATTEMPTS {
        @Override
        CallFilter apply(CallFilter filter, String value, Instant now) {
            return filter.withAttemptsMoreThan(
                    Integer.parseInt(require(MORE, value).group(1)));
        }
    };

    private static final Pattern AGES = Pattern.compile("([<>])(\\d{1,6})([smhd])");
    private static final Pattern MORE = Pattern.compile(">(\\d{1,6})");

    /** @throws IllegalArgumentException when the value is none of this qualifier */
    abstract CallFilter apply(CallFilter filter, String value, Instant now);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Qualifier> ofWord(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    private static Matcher require(Pattern pattern, String value) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("filter: must match " + pattern + ", was " + value);
        }
        return matcher;
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }
}
