package dev.nodoubt.test.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What comes last: the horizon stays raised, and the log is read when everything was said (protocol, sections 2, 9). */
final class LastCases {

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
        String text = Files.readString(log, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        for (String key : bench.usedKeys()) {
            Violation.unless(!text.contains(key.toLowerCase(Locale.ROOT)), "an idempotency key stands in the log");
        }
        Violation.unless(!text.contains(bench.secret()), "an order's note stands in the log");
        for (String token : List.of(
                bench.setup().token(), bench.setup().otherToken(), bench.setup().quotaToken())) {
            Violation.unless(
                    token.isEmpty() || !text.contains(token.toLowerCase(Locale.ROOT)), "a token stands in the log");
        }
    }
}
