package dev.nodoubt.test.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** What everybody hears while a handler runs (protocol, sections 1, 3 and 6). */
final class ProgressCases {

    private static final int MANY = 50;

    static final List<Case> ALL = List.of(
            Case.of(
                    "progress.duplicate",
                    "a duplicate while the handler runs: 409 in-progress with Retry-After, before the handler's end",
                    ProgressCases::duplicate,
                    Ability.HOLDING),
            Case.of(
                    "progress.query",
                    "a query while the handler runs: in-progress, not absent; afterwards executed",
                    ProgressCases::query,
                    Ability.HOLDING),
            Case.of(
                    "progress.fifty",
                    "fifty duplicates while the handler runs: all 409 at once, other keys execute, one effect",
                    ProgressCases::fifty,
                    Ability.HOLDING),
            Case.of(
                    "progress.rolled-back",
                    "after the handler's failure the key is free: a duplicate executes",
                    ProgressCases::rolledBack,
                    Ability.HOLDING),
            Case.of(
                    "progress.client-gone",
                    "the client resets while the handler runs: it commits all the same; one effect, replayed",
                    ProgressCases::clientGone,
                    Ability.HOLDING),
            Case.of(
                    "progress.parallel",
                    "fifty first requests of one key at once: one executes, the others hear 409 or the replay",
                    ProgressCases::parallel),
            Case.of(
                    "wait.replayed",
                    "Prefer: wait: duplicates wait for the handler and get the replay, and meanwhile other keys execute",
                    ProgressCases::waited,
                    Ability.HOLDING,
                    Feature.PREFER_WAIT),
            Case.of(
                    "wait.runs-out",
                    "Prefer: wait=0 answers 409 while the handler runs",
                    ProgressCases::waitRunsOut,
                    Ability.HOLDING,
                    Feature.PREFER_WAIT),
            Case.of("wait.malformed", "a malformed Prefer is ignored", ProgressCases::waitMalformed));

    private ProgressCases() {}

    private static void duplicate(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.send(held.duplicate()).refuses(Refusal.IN_PROGRESS);
            Violation.unless(!held.answered(), "the first request was answered before its handler ended");
            Response end = held.release().executed(201);
            bench.send(held.duplicate()).replayOf(end);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void query(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.expectEffects(held.order(), 0);
            for (int i = 0; i < 5; i++) {
                bench.found(held.key(), Word.IN_PROGRESS);
            }
            Response end = held.release().executed(201);
            bench.found(held.key(), Word.EXECUTED).holds(end);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void fifty(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            List<Future<Response>> duplicates = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                duplicates.add(Crowd.begin(() -> bench.send(held.duplicate())));
            }
            Order bystander = bench.order();
            ReplayCases.executed(bench, bench.newKey(), bystander);
            for (Future<Response> duplicate : duplicates) {
                Crowd.result(duplicate).refuses(Refusal.IN_PROGRESS);
            }
            Violation.unless(!held.answered(), "the handler's transaction ended while it was held");
            bench.expectEffects(bystander, 1);
            Response end = held.release().executed(201);
            bench.send(held.duplicate()).replayOf(end);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void rolledBack(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD_AND_FAIL)) {
            bench.send(held.duplicate()).refuses(Refusal.IN_PROGRESS);
            held.release().notExecuted();
            bench.expectEffects(held.order(), 0);
            bench.expectUntouched(held.key(), bench.order());
        }
    }

    private static void clientGone(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.HOLD);
        try (Line line = bench.client().open()) {
            line.send(bench.post(key, order).bytes());
            bench.await("a handler that is held", () -> bench.setup().subject().held(order.mark()));
            line.reset();
        }
        bench.setup().subject().release(order.mark());
        Request duplicate = bench.post(key, order);
        Response replay = bench.insist(duplicate);
        replay.require(replay.isExecuted() && replay.replayed(), "expected a replay of what the handler did");
        bench.found(key, Word.EXECUTED).holds(replay);
        bench.expectEffects(order, 1);
    }

    private static void parallel(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Request request = bench.post(key, order);
        int executions = 0;
        for (Response response : bench.together(Collections.nCopies(MANY, request))) {
            if (response.isExecuted()) {
                executions += response.replayed() ? 0 : 1;
            } else {
                response.refuses(Refusal.IN_PROGRESS);
            }
        }
        Violation.unless(executions == 1, "expected one answer that is no replay, got " + executions);
        Response replay = bench.insist(request);
        replay.require(replay.isExecuted() && replay.replayed(), "expected a replay");
        bench.expectEffects(order, 1);
    }

    private static void waited(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            List<Future<Response>> waiting = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Callable<Response> task = () -> bench.send(held.duplicate().and("Prefer", "wait=10"));
                waiting.add(Crowd.begin(task));
            }
            Order bystander = bench.order();
            for (int i = 0; i < 20; i++) {
                ReplayCases.executed(bench, bench.newKey(), bench.order());
            }
            ReplayCases.executed(bench, bench.newKey(), bystander);
            Response end = held.release().executed(201);
            for (Future<Response> duplicate : waiting) {
                Crowd.result(duplicate).replayOf(end);
            }
            bench.expectEffects(bystander, 1);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void waitRunsOut(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.send(held.duplicate().and("Prefer", "wait=0")).refuses(Refusal.IN_PROGRESS);
            held.release().executed(201);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void waitMalformed(Bench bench) throws Exception {
        for (String prefer : List.of("wait", "wait=soon", "wait=-1", "respond-async", "wait=99999999999999999999")) {
            Order order = bench.order();
            Response response = bench.send(bench.post(bench.newKey(), order).and("Prefer", prefer));
            response.require(response.isExecuted(), "expected an execution");
            bench.expectEffects(order, 1);
        }
    }
}
