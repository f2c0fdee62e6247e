package dev.nodoubt.services.exchange;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the exchange was started with. Immutable. */
public final class Options {

    static final String HELP = """
            java -jar nodoubt-exchange.jar [options]
            A stock exchange that loses answers. Its order book, GET /book, is the truth about what happened.

              --port N             where it listens on loopback, 0 to 65535 (8083); 0 for any free one
              --capability C       what it offers to who got no answer: key, query, net-cancel or none (key)
              --seed N             which request meets which fault (20261123)
              --loss F             how many of all requests meet a fault, 0 to 1 (0.3)
              --book FILE          where the book is kept; read again at the start (else in memory)
              --retention D        key: how long a client order id is remembered, 1ms to 30d (24h)
              --processing-time D  how long after its arrival an order may be executed, 1ms to 1h (5s)
              --fill-time D        net-cancel: how long after it was booked an order is filled, 0s to 30d (30s)
              --slow D             how long every order takes, 0s to the processing time (0s)
              --answer-delay D     how late a late answer is, 0s to 1h (5s)
              --help               this text

            D is a number with ms, s, m, h or d. Exit codes: 0 ended, 1 failed, 2 wrong options.
            """;

    private static final Set<String> NAMES = Set.of(
            "--port",
            "--capability",
            "--seed",
            "--loss",
            "--book",
            "--retention",
            "--processing-time",
            "--fill-time",
            "--slow",
            "--answer-delay");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MONTH = Duration.ofDays(30);

    private final int port;
    private final Capability capability;
    private final FaultPlan faults;
    private final Optional<Path> book;
    private final Times times;

    private Options(int port, Capability capability, FaultPlan faults, Optional<Path> book, Times times) {
        this.port = port;
        this.capability = capability;
        this.faults = faults;
        this.book = book;
        this.times = times;
    }

    /**
     * How long what takes.
     *
     * @param retention of a client order id
     * @param processing after its arrival an order may be executed so long
     * @param fill so long after it was booked an order is filled
     * @param slow so long every order takes
     * @param answerDelay so late a late answer is
     */
    record Times(Duration retention, Duration processing, Duration fill, Duration slow, Duration answerDelay) {}

    /**
     * Reads the command line.
     *
     * @throws InvalidOption that names option, rule and value
     */
    public static Options parse(List<String> arguments) throws InvalidOption {
        Values values = Values.of(arguments);
        Duration processing = values.duration("--processing-time", "5s", MILLISECOND, HOUR);
        Times times = new Times(
                values.duration("--retention", "24h", MILLISECOND, MONTH),
                processing,
                values.duration("--fill-time", "30s", Duration.ZERO, MONTH),
                values.duration("--slow", "0s", Duration.ZERO, processing),
                values.duration("--answer-delay", "5s", Duration.ZERO, HOUR));
        return new Options(
                (int) values.number("--port", "8083", 0, 65_535),
                values.capability(),
                new FaultPlan(values.number("--seed", "20261123", Long.MIN_VALUE, Long.MAX_VALUE), values.loss()),
                values.path("--book"),
                times);
    }

    static boolean helpAsked(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    int port() {
        return port;
    }

    Capability capability() {
        return capability;
    }

    FaultPlan faults() {
        return faults;
    }

    /** Empty when the book is kept in memory. */
    Optional<Path> book() {
        return book;
    }

    Times times() {
        return times;
    }

    /** The options by name, as they were written. */
    private record Values(Map<String, String> given) {

        static Values of(List<String> arguments) throws InvalidOption {
            Map<String, String> given = new HashMap<>();
            Deque<String> rest = new ArrayDeque<>(arguments);
            while (!rest.isEmpty()) {
                String option = rest.pop();
                int equals = option.startsWith("--") ? option.indexOf('=') : -1;
                if (equals > 0) {
                    rest.push(option.substring(equals + 1));
                    option = option.substring(0, equals);
                }
                if (!NAMES.contains(option)) {
                    throw new InvalidOption("unknown option " + option + "; --help lists them");
                }
                if (rest.isEmpty() || rest.peek().startsWith("--")) {
                    throw new InvalidOption("option " + option + " needs a value; --help shows it");
                }
                if (given.put(option, rest.pop()) != null) {
                    throw new InvalidOption("option " + option + " must be given once");
                }
            }
            return new Values(given);
        }

        Capability capability() throws InvalidOption {
            String value = given.getOrDefault("--capability", "key");
            return Capability.ofWord(value)
                    .orElseThrow(() -> refused("--capability", "one of " + Capability.words(), value));
        }

        long number(String option, String otherwise, long least, long most) throws InvalidOption {
            String value = given.getOrDefault(option, otherwise);
            try {
                long number = Long.parseLong(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below, together with what is out of bounds
            }
            String bounds = least == Long.MIN_VALUE ? "" : " from " + least + " to " + most;
            throw refused(option, "a whole number" + bounds, value);
        }

        double loss() throws InvalidOption {
            String value = given.getOrDefault("--loss", "0.3");
            if (value.matches("[0-9]{1,3}(\\.[0-9]{1,9})?")) {
                BigDecimal loss = new BigDecimal(value);
                if (loss.compareTo(BigDecimal.ONE) <= 0) {
                    return loss.doubleValue();
                }
            }
            throw refused("--loss", "a decimal number from 0 to 1", value);
        }

        Optional<Path> path(String option) throws InvalidOption {
            String value = given.get(option);
            if (value == null) {
                return Optional.empty();
            }
            try {
                if (!value.isBlank()) {
                    return Optional.of(Path.of(value).toAbsolutePath().normalize());
                }
            } catch (InvalidPathException e) {
                // told below, together with what is blank
            }
            throw refused(option, "a file on this machine", value);
        }

        Duration duration(String option, String otherwise, Duration least, Duration most) throws InvalidOption {
            String value = given.getOrDefault(option, otherwise);
            Matcher matcher = DURATION.matcher(value);
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(1));
                Duration duration = switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
                if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                    return duration;
                }
            }
            throw refused(option, "a duration as 500ms, 5s or 24h, from " + least + " to " + most, value);
        }

        private static InvalidOption refused(String option, String rule, String value) {
            return new InvalidOption("option " + option + " must be " + rule + ", was '" + value + "'");
        }
    }
}
