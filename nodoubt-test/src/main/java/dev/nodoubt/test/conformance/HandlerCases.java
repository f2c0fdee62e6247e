package dev.nodoubt.test.conformance;

import java.util.List;

/** What a handler may do, and what becomes of it (protocol, sections 4 and 6). */
final class HandlerCases {

    private static final List<Integer> DECLARED = List.of(400, 404, 410, 412, 422);
    private static final List<Integer> UNDECLARED = List.of(401, 403, 408, 409, 423, 425, 429);

    static final List<Case> ALL = List.of(
            Case.of(
                    "validation.nothing-stored",
                    "a body that validation refuses: 4xx not-executed; the corrected one executes under the same key",
                    HandlerCases::validation,
                    Ability.INVALID_BODY),
            Case.of(
                    "reject.recorded",
                    "a declared rejection: all is rolled back, the answer is recorded and replayed, a fence finds it",
                    HandlerCases::rejected,
                    Ability.STEERING),
            Case.of(
                    "reject.statuses",
                    "400, 404, 410, 412 and 422 of the handler are rejections; each is replayed",
                    HandlerCases::rejections,
                    Ability.STEERING),
            Case.of(
                    "refuse.statuses",
                    "401, 403, 408, 409, 423, 425 and 429 of the handler: not-executed, rolled back, nothing recorded",
                    bench -> notExecuted(bench, UNDECLARED),
                    Ability.STEERING),
            Case.of(
                    "fail.status",
                    "500, 502, 503 and 504 of the handler: not-executed, rolled back, nothing recorded",
                    bench -> notExecuted(bench, List.of(500, 502, 503, 504)),
                    Ability.STEERING),
            Case.of(
                    "fail.thrown",
                    "a handler that throws after its effect: 5xx not-executed, no effect, the key is free",
                    HandlerCases::thrown,
                    Ability.STEERING),
            Case.of(
                    "fail.commit-refused",
                    "a COMMIT that the database refuses: 500 or 503 commit-failed, not-executed, the key is free",
                    HandlerCases::commitRefused,
                    Ability.STEERING,
                    Feature.REFUSE),
            Case.of(
                    "fail.broken",
                    "a handler that ends the gate's transaction itself: 500 broken, unknown; never fenced, never replayed",
                    HandlerCases::broken,
                    Ability.STEERING,
                    Feature.BREAK),
            Case.of(
                    "deadline.passed",
                    "Nodoubt-Deadline: 0 does not start: not-executed; a later attempt executes",
                    HandlerCases::deadlinePassed),
            Case.of(
                    "deadline.malformed",
                    "a malformed deadline is ignored, or refused with 400; it never stores anything wrong",
                    HandlerCases::deadlineMalformed),
            Case.of(
                    "gate.not-supported",
                    "a streaming or asynchronous operation with a key: 501 not-supported, not-executed",
                    HandlerCases::ungateable,
                    Ability.UNGATEABLE));

    private HandlerCases() {}

    private static void validation(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response refused = bench.execute(key, order.with(bench.setup().subject().invalidOrder()));
        refused.notExecuted().require(refused.status() < 500, "expected 4xx");
        bench.expectUntouched(key, order);
    }

    private static void rejected(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.status(422));
        Response first = bench.execute(key, order).rejected(422);
        bench.expectEffects(order, 0);
        bench.execute(key, order).replayOf(first);
        bench.found(key, Word.REJECTED).holds(first);
        bench.fenced(key, Word.REJECTED).holds(first);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 0);
    }

    private static void rejections(Bench bench) throws Exception {
        for (int status : DECLARED) {
            Key key = bench.newKey();
            Order order = bench.order(Behaviour.status(status));
            Response first = bench.execute(key, order).rejected(status);
            bench.execute(key, order).replayOf(first);
            bench.expectEffects(order, 0);
        }
    }

    private static void notExecuted(Bench bench, List<Integer> statuses) throws Exception {
        for (int status : statuses) {
            Key key = bench.newKey();
            Order order = bench.order(Behaviour.status(status));
            for (int attempt = 0; attempt < 2; attempt++) {
                Response response = bench.execute(key, order).notExecuted();
                response.require(response.status() == status, "expected the handler's " + status);
            }
            bench.expectEffects(order, 0);
            bench.expectUntouched(key, bench.order());
        }
    }

    private static void thrown(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.FAIL);
        Response response = bench.execute(key, order).notExecuted();
        response.require(response.status() >= 500, "expected 5xx");
        bench.expectEffects(order, 0);
        bench.expectUntouched(key, bench.order());
    }

    private static void commitRefused(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.REFUSE);
        bench.execute(key, order).refuses(Refusal.COMMIT_FAILED);
        bench.expectEffects(order, 0);
        bench.expectUntouched(key, bench.order());
    }

    private static void broken(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.BREAK);
        bench.execute(key, order).refuses(Refusal.BROKEN);
        bench.execute(key, order).refuses(Refusal.BROKEN);
        Response query = bench.send(bench.query(key));
        query.require(query.status() == 503 && query.says(Word.UNKNOWN), "expected 503 unknown of a query");
        bench.fenced(key, Word.IN_PROGRESS);
        bench.expectEffects(order, 1);
    }

    private static void deadlinePassed(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        bench.send(bench.post(key, order).and("Nodoubt-Deadline", "0")).notExecuted();
        bench.expectUntouched(key, order);
    }

    private static void deadlineMalformed(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response response = bench.send(bench.post(key, order).and("Nodoubt-Deadline", "soon"));
        if (response.isExecuted()) {
            bench.execute(key, order).replayOf(response);
            bench.expectEffects(order, 1);
        } else {
            response.notExecuted().require(response.status() == 400, "expected 400, or an execution");
            bench.expectUntouched(key, order);
        }
    }

    private static void ungateable(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        bench.send(bench.post(key, order).target(bench.setup().ungateable())).refuses(Refusal.NOT_SUPPORTED);
        bench.expectUntouched(key, order);
    }
}
