package dev.nodoubt.test.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Keys that others made, with {@code Nodoubt-First-Sent} (protocol, section 2). */
final class ForeignKeyCases {

    private static final String FIRST_SENT = "Nodoubt-First-Sent";

    static final List<Case> ALL = List.of(
            of(
                    "foreign.replayed",
                    "a foreign key with Nodoubt-First-Sent executes, is replayed, found and fenced like any other",
                    ForeignKeyCases::replayed),
            of(
                    "foreign.without-first-sent",
                    "a foreign key alone is refused with 400, or kept for good; the same at each attempt",
                    ForeignKeyCases::withoutFirstSent),
            of(
                    "foreign.other-first-sent",
                    "another First-Sent under the same key: 422, not run",
                    ForeignKeyCases::otherFirstSent),
            of(
                    "foreign.first-sent-malformed",
                    "a First-Sent that is no date (RFC 9651), or comes twice: 400, not run",
                    ForeignKeyCases::malformed),
            of(
                    "foreign.first-sent-window",
                    "a First-Sent an hour ahead: 400; one 400 days ago: 412 key-too-old or key-expired",
                    ForeignKeyCases::window),
            of("foreign.lengths", "16 and 255 characters are keys", ForeignKeyCases::lengths),
            of("foreign.case", "two keys that differ in case only are two keys", ForeignKeyCases::caseMatters),
            of(
                    "foreign.literal",
                    "quotes, backslashes, % and SQL in a key are kept literally",
                    ForeignKeyCases::literal),
            of(
                    "foreign.fenced",
                    "a fence before the request: fenced, and the request is refused",
                    ForeignKeyCases::fenced));

    private static Case of(String id, String expected, Case.Trial trial) {
        return Case.of(id, expected, trial, Feature.FOREIGN_KEYS);
    }

    private ForeignKeyCases() {}

    private static void replayed(Bench bench) throws Exception {
        roundTrip(bench, bench.foreignKey(32));
    }

    private static void roundTrip(Bench bench, Key key) throws Exception {
        Order order = bench.order();
        bench.found(key, Word.ABSENT);
        Response first = ReplayCases.executed(bench, key, order);
        bench.execute(key, order).replayOf(first);
        bench.found(key, Word.EXECUTED).holds(first);
        bench.fenced(key, Word.EXECUTED).holds(first);
        bench.expectEffects(order, 1);
    }

    private static void withoutFirstSent(Bench bench) throws Exception {
        Key key = new Key(bench.foreignKey(32).value(), "");
        Order order = bench.order();
        Response response = bench.execute(key, order);
        if (response.isExecuted()) {
            bench.execute(key, order).replayOf(response);
            bench.expectEffects(order, 1);
        } else {
            response.refuses(Refusal.KEY_INVALID);
            bench.execute(key, order).refuses(Refusal.KEY_INVALID);
            bench.expectEffects(order, 0);
        }
    }

    private static void otherFirstSent(Bench bench) throws Exception {
        Key key = bench.foreignKey(32);
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        Response other = bench.execute(key.firstSentAt(Instant.now().minus(Duration.ofMinutes(1))), order);
        other.notExecuted().require(other.status() == 422, "expected 422");
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void malformed(Bench bench) throws Exception {
        String now = Key.at(Instant.now());
        for (String value : List.of("yesterday", now.substring(1), "@", "@1.5", "\"" + now + "\"", now + ", " + now)) {
            Order order = bench.order();
            Response response = bench.execute(new Key(bench.foreignKey(32).value(), value), order);
            response.notExecuted().require(response.status() == 400, "expected 400");
            bench.expectEffects(order, 0);
        }
        Order order = bench.order();
        Response doubled = bench.send(bench.post(bench.foreignKey(32), order).and(FIRST_SENT, now));
        doubled.notExecuted().require(doubled.status() == 400, "expected 400");
        bench.expectEffects(order, 0);
    }

    private static void window(Bench bench) throws Exception {
        Order order = bench.order();
        Key key = bench.foreignKey(32);
        bench.execute(key.firstSentAt(Instant.now().plus(Duration.ofHours(1))), order)
                .refuses(Refusal.KEY_INVALID);
        bench.execute(key.firstSentAt(Instant.now().minus(Duration.ofDays(400))), order)
                .refuses(Refusal.KEY_TOO_OLD, Refusal.KEY_EXPIRED);
        bench.expectEffects(order, 0);
    }

    private static void lengths(Bench bench) throws Exception {
        roundTrip(bench, bench.foreignKey(16));
        roundTrip(bench, bench.foreignKey(255));
    }

    private static void caseMatters(Bench bench) throws Exception {
        Key key = bench.foreignKey(32);
        Key upper = bench.used(new Key(key.value().toUpperCase(Locale.ROOT), key.firstSent()));
        roundTrip(bench, key);
        roundTrip(bench, upper);
    }

    private static void literal(Bench bench) throws Exception {
        for (String text : List.of("';DROP-TABLE-x;--", "a\"b\\c%d_e", "/**/;,=()<>@?{}[]")) {
            Key plain = bench.foreignKey(32);
            roundTrip(bench, bench.used(new Key(text + plain.value(), plain.firstSent())));
            // Would be found if % or _ were taken as wildcards.
            Key similar = new Key(text.replace("%d_e", "%xxe") + plain.value(), plain.firstSent());
            if (!similar.value().startsWith(text)) {
                bench.found(similar, Word.ABSENT);
            }
        }
    }

    private static void fenced(Bench bench) throws Exception {
        Key key = bench.foreignKey(40);
        Order order = bench.order();
        bench.fenced(key, Word.FENCED);
        bench.execute(key, order).refuses(Refusal.FENCED);
        bench.found(key, Word.FENCED);
        bench.expectEffects(order, 0);
    }
}
