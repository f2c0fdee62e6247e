package dev.nodoubt.test.conformance;

import java.util.List;

/** Who is there, and whose key it is (protocol, sections 2 and 6). */
final class TenantCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "scope.both-execute",
                    "one key of two tenants: both execute, each gets its own replay",
                    TenantCases::bothExecute,
                    Ability.OTHER_TOKEN),
            Case.of(
                    "scope.query",
                    "a tenant that asks for another one's key: absent",
                    TenantCases::query,
                    Ability.OTHER_TOKEN),
            Case.of(
                    "scope.fence",
                    "a tenant that fences another one's key gets a tombstone of its own; the other is unaffected",
                    TenantCases::fence,
                    Ability.OTHER_TOKEN),
            Case.of(
                    "scope.in-progress",
                    "a tenant's running handler does not hold the same key of another one",
                    TenantCases::inProgress,
                    Ability.OTHER_TOKEN,
                    Ability.HOLDING),
            Case.of(
                    "auth.required",
                    "no token, or a wrong one: 401 or 403, not-executed, nothing stored",
                    TenantCases::required,
                    Ability.TOKEN),
            Case.of(
                    "auth.replay",
                    "a replay never bypasses authentication: 401 or 403 that discloses nothing",
                    TenantCases::replay,
                    Ability.TOKEN),
            Case.of(
                    "auth.query-and-fence",
                    "query and fence without a token: 401 or 403; no tombstone",
                    TenantCases::queryAndFence,
                    Ability.TOKEN));

    private TenantCases() {}

    private static Bench other(Bench bench) {
        return bench.as(bench.setup().otherToken());
    }

    private static void bothExecute(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Order others = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        Response othersFirst = ReplayCases.executed(other(bench), key, others);
        bench.execute(key, order).replayOf(first);
        other(bench).execute(key, others).replayOf(othersFirst);
        other(bench).found(key, Word.EXECUTED).holds(othersFirst);
        bench.expectEffects(order, 1);
        bench.expectEffects(others, 1);
    }

    private static void query(Bench bench) throws Exception {
        Key key = bench.newKey();
        ReplayCases.executed(bench, key, bench.order());
        other(bench).found(key, Word.ABSENT);
        Key fenced = bench.newKey();
        bench.fenced(fenced, Word.FENCED);
        other(bench).found(fenced, Word.ABSENT);
    }

    private static void fence(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        other(bench).fenced(key, Word.FENCED);
        Response first = ReplayCases.executed(bench, key, order);
        other(bench).fenced(key, Word.FENCED);
        other(bench).execute(key, order).refuses(Refusal.FENCED);
        bench.execute(key, order).replayOf(first);
        bench.fenced(key, Word.EXECUTED).holds(first);
        bench.expectEffects(order, 1);
    }

    private static void inProgress(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            Order others = bench.order();
            other(bench).found(held.key(), Word.ABSENT);
            ReplayCases.executed(other(bench), held.key(), others);
            held.release().executed(201);
            bench.expectEffects(others, 1);
            bench.expectEffects(held.order(), 1);
        }
    }

    private static void required(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        for (Bench stranger : List.of(bench.as(""), bench.as("no-token-of-anybody"))) {
            requireRefused(stranger.execute(key, order).notExecuted());
        }
        bench.expectUntouched(key, order);
    }

    private static void replay(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        Response refused = bench.as("").execute(key, order);
        requireRefused(refused);
        refused.hides(order.mark());
        first.first("ETag").ifPresent(refused::hides);
        bench.execute(key, order).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void queryAndFence(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Bench stranger = bench.as("");
        requireRefused(stranger.send(stranger.query(key)));
        requireRefused(stranger.send(stranger.fence(key)));
        bench.expectUntouched(key, order);
    }

    private static void requireRefused(Response response) {
        response.require(response.status() == 401 || response.status() == 403, "expected 401 or 403");
        response.require(
                !response.says(Word.EXECUTED) && !response.says(Word.REJECTED) && !response.says(Word.FENCED),
                "a stranger must not hear an outcome");
    }
}
