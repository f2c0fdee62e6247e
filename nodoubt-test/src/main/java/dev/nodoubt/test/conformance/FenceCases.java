package dev.nodoubt.test.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The fence (protocol, section 8). */
final class FenceCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "fence.before",
                    "a fence before any request: fenced; ten late requests are all refused with 412; no effect",
                    FenceCases::before),
            Case.of(
                    "fence.repeatable",
                    "every further fence says the same, with the time of the first",
                    FenceCases::repeatable),
            Case.of(
                    "fence.executed",
                    "a fence of an executed key: executed, with the recorded reply; duplicates are replayed as before",
                    FenceCases::executed),
            Case.of(
                    "fence.failed",
                    "a fence after a failed attempt: fenced; the next attempt is refused",
                    FenceCases::failed,
                    Ability.STEERING),
            Case.of("fence.parallel", "twenty fences at once of one key: all say fenced", FenceCases::parallel),
            Case.of(
                    "fence.reason-and-wait",
                    "reason in any script and wait up to 2000 ms are taken, other members skipped",
                    FenceCases::options),
            Case.of(
                    "fence.malformed-body",
                    "a body that is no JSON object, or has members of wrong types: 400, and no tombstone",
                    FenceCases::malformed),
            Case.of("fence.no-key", "no key: 400 key-required; a doubled one: 400 key-invalid", FenceCases::noKey),
            Case.of(
                    "fence.future-key",
                    "a fence of a key from the year 2100: 400 key-invalid, or fenced; such a key never executes",
                    FenceCases::future),
            Case.of(
                    "fence.while-running",
                    "a fence that must not wait while a handler runs: in-progress; after the commit: executed",
                    FenceCases::whileRunning,
                    Ability.HOLDING),
            Case.of(
                    "fence.wait-bounded",
                    "a fence that would wait for a minute is refused with 400, or waits no longer than 2 s",
                    FenceCases::waitBounded,
                    Ability.HOLDING),
            Case.of(
                    "fence.waits-for-commit",
                    "a fence that waits while a handler runs and commits: executed or in-progress, never fenced",
                    FenceCases::waitsForCommit,
                    Ability.HOLDING),
            Case.of(
                    "fence.waits-for-rollback",
                    "a fence that waits while a handler runs and fails: fenced; no effect, and none later",
                    FenceCases::waitsForRollback,
                    Ability.HOLDING));

    private FenceCases() {}

    private static void before(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        bench.fenced(key, Word.FENCED);
        for (int i = 0; i < 10; i++) {
            bench.execute(key, order).refuses(Refusal.FENCED);
        }
        bench.found(key, Word.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void repeatable(Bench bench) throws Exception {
        Key key = bench.newKey();
        Instant first = bench.fenced(key, Word.FENCED).at();
        bench.execute(key, bench.order()).refuses(Refusal.FENCED);
        Instant again = bench.fenced(key, Word.FENCED).at();
        // The first answer may be finer than what the database keeps.
        Violation.unless(
                Duration.between(first, again).abs().compareTo(Duration.ofMillis(1)) <= 0
                        && bench.fenced(key, Word.FENCED).at().equals(again)
                        && bench.found(key, Word.FENCED).at().equals(again),
                "the time of a tombstone must not change");
    }

    private static void executed(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        bench.fenced(key, Word.EXECUTED).holds(first);
        bench.fenced(key, Word.EXECUTED).holds(first);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void failed(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.FAIL);
        bench.execute(key, order).notExecuted();
        bench.fenced(key, Word.FENCED);
        bench.execute(key, order).refuses(Refusal.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void parallel(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        for (Response response : bench.together(Collections.nCopies(20, bench.fence(key, "{\"wait\":2000}")))) {
            response.found(Word.FENCED);
        }
        bench.execute(key, order).refuses(Refusal.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void options(Bench bench) throws Exception {
        List<String> bodies = List.of(
                "{}",
                "{\"reason\":\"기한이 지났습니다\"}",
                "{\"wait\":0}",
                "{\"wait\":2000,\"reason\":\"the deadline passed\"}",
                "{\"somebody\":{\"said\":[1,null,\"so\"]},\"reason\":\"\"}");
        for (String body : bodies) {
            Key key = bench.newKey();
            bench.send(bench.fence(key, body)).found(Word.FENCED);
            bench.execute(key, bench.order()).refuses(Refusal.FENCED);
        }
    }

    private static void malformed(Bench bench) throws Exception {
        List<String> bodies = new ArrayList<>(List.of("{", "[]", "null", "fence", "{}{}", "{\"wait\":\"soon\"}"));
        bodies.addAll(List.of("{\"wait\":-1}", "{\"reason\":7}", "{\"wait\":1.5}"));
        for (String body : bodies) {
            Key key = bench.newKey();
            Response response = bench.send(bench.fence(key, body));
            response.require(response.status() == 400, "expected 400 for a malformed body");
            bench.expectUntouched(key, bench.order());
        }
    }

    private static void noKey(Bench bench) throws Exception {
        Key key = bench.newKey();
        bench.send(bench.fence(key).without("Idempotency-Key")).refuses(Refusal.KEY_REQUIRED);
        bench.send(bench.fence(key).and("Idempotency-Key", key.quoted())).refuses(Refusal.KEY_INVALID);
        bench.expectUntouched(key, bench.order());
    }

    private static void future(Bench bench) throws Exception {
        Key key = bench.keyOfAge(Duration.ofDays(-27_000));
        Response response = bench.send(bench.fence(key));
        if (response.status() == 200) {
            response.found(Word.FENCED);
        } else {
            response.refuses(Refusal.KEY_INVALID);
        }
        Response late = bench.execute(key, bench.order());
        late.refuses(Refusal.KEY_INVALID, Refusal.FENCED);
    }

    private static void whileRunning(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.send(bench.fence(held.key(), "{\"wait\":0}")).found(Word.IN_PROGRESS);
            Response end = held.release().executed(201);
            bench.fenced(held.key(), Word.EXECUTED).holds(end);
            bench.send(held.duplicate()).replayOf(end);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void waitBounded(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            Response response = bench.send(bench.fence(held.key(), "{\"wait\":60000}"));
            Violation.unless(!held.answered(), "the fence waited for the handler's end");
            if (response.status() != 400) {
                response.found(Word.IN_PROGRESS);
            }
            held.release().executed(201);
        }
    }

    private static void waitsForCommit(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            var fence = Crowd.begin(() -> bench.send(bench.fence(held.key(), "{\"wait\":2000}")));
            Response end = held.release().executed(201);
            Response found = Crowd.result(fence);
            if (!found.says(Word.IN_PROGRESS)) {
                found.found(Word.EXECUTED).holds(end);
            }
            bench.fenced(held.key(), Word.EXECUTED).holds(end);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void waitsForRollback(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD_AND_FAIL)) {
            var fence = Crowd.begin(() -> bench.send(bench.fence(held.key(), "{\"wait\":2000}")));
            held.release().notExecuted();
            Response found = Crowd.result(fence);
            found.found(found.says(Word.IN_PROGRESS) ? Word.IN_PROGRESS : Word.FENCED);
            bench.insist(bench.fence(held.key())).found(Word.FENCED);
            bench.send(held.duplicate()).refuses(Refusal.FENCED);
            bench.expectEffects(held.order(), 0);
        }
    }
}
