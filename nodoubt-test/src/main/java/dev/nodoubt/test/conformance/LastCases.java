package dev.nodoubt.test.conformance;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What comes last: the horizon stays raised, and the log is read when everything was said (protocol, sections 2, 9). */
final class LastCases {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Duration BELOW = Duration.ofDays(11);

    static final List<Case> ALL = List.of(
            Case.of(
                    "horizon.expired",
                    "below the horizon: a row is replayed until it is purged; without one 412 key-expired, expired",
                    LastCases::expired,
                    Hook.RAISE_HORIZON),
            Case.of("log.secrets", "no key, no body and no token stands in the log", LastCases::secrets, Ability.LOG));

    private LastCases() {}

    private static void expired(Bench bench) throws Exception {
        Key early = bench.keyOfAge(BELOW);
        Order done = bench.order();
        Response first = bench.execute(early, done);
        bench.pull(Hook.RAISE_HORIZON);
        Response again = bench.execute(early, done);
        // A horizon that an earlier run raised refuses the first one already.
        if (!again.is(Refusal.KEY_EXPIRED)) {
            again.replayOf(first);
        }
        bench.expectEffects(done, first.isExecuted() ? 1 : 0);

        Key key = bench.keyOfAge(BELOW);
        Order order = bench.order();
        bench.execute(key, order).refuses(Refusal.KEY_EXPIRED);
        bench.found(key, Word.EXPIRED);
        bench.fenced(key, Word.EXPIRED);
        bench.execute(key, order).refuses(Refusal.KEY_EXPIRED);
        bench.expectEffects(order, 0);
        ReplayCases.executed(bench, bench.newKey(), bench.order());
    }

    private static void secrets(Bench bench) throws Exception {
        Path log = bench.setup().log();
        Violation.unless(log != null && Files.size(log) > 0, "the log is empty: it proves nothing");
        Secrets secrets = new Secrets(bench);
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                secrets.requireAbsent(line.toLowerCase(Locale.ROOT));
            }
        }
    }

    /** What must not stand in a line; in lower case. */
    private static final class Secrets {

        private final Set<String> uuids = new HashSet<>();
        private final List<String> texts = new ArrayList<>();

        Secrets(Bench bench) {
            Setup setup = bench.setup();
            texts.add(bench.secret());
            Stream.of(setup.token(), setup.otherToken(), setup.quotaToken())
                    .filter(token -> !token.isEmpty())
                    .map(token -> token.toLowerCase(Locale.ROOT))
                    .forEach(texts::add);
            for (String key : bench.usedKeys()) {
                String lower = key.toLowerCase(Locale.ROOT);
                if (UUID_FORM.matcher(lower).matches()) {
                    uuids.add(lower);
                } else {
                    texts.add(lower);
                }
            }
        }

        void requireAbsent(String line) {
            Violation.unless(
                    texts.stream().noneMatch(line::contains), "a key, a token or an order's note stands in the log");
            Matcher uuid = UUID_FORM.matcher(line);
            while (uuid.find()) {
                Violation.unless(!uuids.contains(uuid.group()), "an idempotency key stands in the log");
            }
        }
    }
}
