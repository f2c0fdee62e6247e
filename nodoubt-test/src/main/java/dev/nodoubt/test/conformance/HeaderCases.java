package dev.nodoubt.test.conformance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** Headers that answers carry beside the outcome, and quotas (protocol, sections 3 and 4). */
final class HeaderCases {

    private static final Pattern INCARNATION = Pattern.compile("[0-9]{1,18}");
    private static final Pattern UNIX_TIME = Pattern.compile("@[0-9]{1,12}");
    private static final int MOST_ROWS = 1_000;

    static final List<Case> ALL = List.of(
            Case.of(
                    "header.expires",
                    "Idempotency-Expires on execution and replay: one time, the same, and days ahead",
                    HeaderCases::expires,
                    Feature.EXPIRES),
            Case.of(
                    "header.incarnation",
                    "Nodoubt-Incarnation on query and fence: one number, the same on each",
                    HeaderCases::incarnation,
                    Feature.INCARNATION),
            Case.of(
                    "header.cookies",
                    "Set-Cookie of the first answer is not recorded: no replay has it",
                    HeaderCases::cookies,
                    Ability.STEERING),
            Case.of(
                    "quota.rows",
                    "above the scope's quota of rows: 429 quota, not-executed; replays go on, other scopes execute",
                    HeaderCases::quotaOfRows,
                    Ability.QUOTA_TOKEN),
            Case.of(
                    "quota.tombstones",
                    "tombstones have a quota of their own: 429, which says nothing of the key; other scopes fence",
                    HeaderCases::quotaOfTombstones,
                    Ability.QUOTA_TOKEN));

    private HeaderCases() {}

    private static void expires(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        Response replay = bench.execute(key, order).replayOf(first);
        Instant until = expiry(first);
        first.require(
                until.isAfter(Instant.now().plus(Duration.ofDays(1))), "expected an Idempotency-Expires days ahead");
        replay.require(expiry(replay).equals(until), "the replay must name the same Idempotency-Expires");
    }

    private static Instant expiry(Response response) {
        List<String> values = response.all("Idempotency-Expires");
        response.require(values.size() == 1, "expected one Idempotency-Expires");
        String value = values.get(0);
        if (UNIX_TIME.matcher(value).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(value.substring(1)));
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new Violation("Idempotency-Expires must be a date of HTTP (RFC 9110) or a Date (RFC 9651)", e);
        }
    }

    private static void incarnation(Bench bench) throws Exception {
        Key key = bench.newKey();
        String found = incarnationOf(bench.send(bench.query(key)));
        Violation.unless(
                incarnationOf(bench.send(bench.fence(key))).equals(found), "the incarnation must not change by itself");
    }

    private static String incarnationOf(Response response) {
        List<String> values = response.all("Nodoubt-Incarnation");
        response.require(
                values.size() == 1 && INCARNATION.matcher(values.get(0)).matches(),
                "expected one Nodoubt-Incarnation that is a number");
        return values.get(0);
    }

    private static void cookies(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        first.require(!first.all("Set-Cookie").isEmpty(), "the test operation's first answer has a Set-Cookie");
        bench.execute(key, order).replayOf(first);
    }

    private static void quotaOfRows(Bench bench) throws Exception {
        Bench small = bench.as(bench.setup().quotaToken());
        Key key = small.newKey();
        Order order = small.order();
        Response first = ReplayCases.executed(small, key, order);
        Order refused = small.order();
        Response last = small.execute(small.newKey(), refused);
        for (int i = 0; i < MOST_ROWS && last.isExecuted(); i++) {
            refused = small.order();
            last = small.execute(small.newKey(), refused);
        }
        last.refuses(Refusal.QUOTA);
        bench.expectEffects(refused, 0);
        small.execute(key, order).replayOf(first);
        small.fenced(small.newKey(), Word.FENCED);
        ReplayCases.executed(bench, bench.newKey(), bench.order());
    }

    private static void quotaOfTombstones(Bench bench) throws Exception {
        Bench small = bench.as(bench.setup().quotaToken());
        Response last = small.send(small.fence(small.newKey()));
        for (int i = 0; i < MOST_ROWS && last.status() == 200; i++) {
            last = small.send(small.fence(small.newKey()));
        }
        last.require(last.status() == 429 && !last.says(Word.FENCED), "expected 429 that is no fence");
        bench.fenced(bench.newKey(), Word.FENCED);
    }
}
