package dev.nodoubt.test.conformance;

import java.util.List;

/** COMMITs whose answer is lost, or that never arrive (protocol, sections 4, 6 and 8). */
final class CommitCases {

    static final List<Case> ALL = List.of(
            Case.of(
                    "commit.answer-lost",
                    "a COMMIT whose answer is lost: 503 commit-unknown; query executed, retry replayed; one effect",
                    CommitCases::answerLost,
                    Hook.LOSE_COMMIT_ANSWER,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.dropped",
                    "a COMMIT that never arrived: 503 commit-unknown; query absent, the retry executes; one effect",
                    CommitCases::dropped,
                    Hook.DROP_COMMIT,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.dropped-then-fenced",
                    "a COMMIT that never arrived, then a fence: fenced, and no effect",
                    CommitCases::droppedThenFenced,
                    Hook.DROP_COMMIT,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.of-fence",
                    "a fence whose COMMIT's answer is lost: 503 unknown; the second fence is final",
                    bench -> fenceInDoubt(bench, Hook.LOSE_COMMIT_ANSWER),
                    Hook.LOSE_COMMIT_ANSWER,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.of-fence-dropped",
                    "a fence whose COMMIT never arrived: 503 unknown; the second fence is final",
                    bench -> fenceInDoubt(bench, Hook.DROP_COMMIT),
                    Hook.DROP_COMMIT,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.of-rejection",
                    "a rejection whose COMMIT's answer is lost: 503 commit-unknown; query rejected, retry replayed",
                    CommitCases::rejectionInDoubt,
                    Hook.LOSE_COMMIT_ANSWER,
                    Hook.MEND_DATABASE,
                    Ability.STEERING));

    private CommitCases() {}

    /** Sends while the hook works, and mends. */
    private static Response disturbed(Bench bench, Hook hook, Request request) throws Exception {
        bench.pull(hook);
        try {
            return bench.send(request);
        } finally {
            bench.mend();
        }
    }

    private static Response found(Bench bench, Key key) throws Exception {
        return bench.insist(bench.query(key));
    }

    private static void answerLost(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        disturbed(bench, Hook.LOSE_COMMIT_ANSWER, bench.post(key, order)).refuses(Refusal.COMMIT_UNKNOWN);
        Document document = found(bench, key).found(Word.EXECUTED);
        Response replay = bench.insist(bench.post(key, order));
        replay.require(replay.isExecuted() && replay.replayed(), "expected a replay");
        document.holds(replay);
        bench.expectEffects(order, 1);
    }

    private static void dropped(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        disturbed(bench, Hook.DROP_COMMIT, bench.post(key, order)).refuses(Refusal.COMMIT_UNKNOWN);
        found(bench, key).found(Word.ABSENT);
        Response retry = bench.insist(bench.post(key, order));
        retry.executed(retry.status());
        bench.expectEffects(order, 1);
    }

    private static void droppedThenFenced(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        disturbed(bench, Hook.DROP_COMMIT, bench.post(key, order)).refuses(Refusal.COMMIT_UNKNOWN);
        bench.insist(bench.fence(key)).found(Word.FENCED);
        bench.execute(key, order).refuses(Refusal.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void fenceInDoubt(Bench bench, Hook hook) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response doubt = disturbed(bench, hook, bench.fence(key));
        doubt.require(doubt.status() == 503 && doubt.says(Word.UNKNOWN), "expected 503 unknown");
        doubt.requireRetryAfter();
        bench.insist(bench.fence(key)).found(Word.FENCED);
        bench.insist(bench.post(key, order)).refuses(Refusal.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void rejectionInDoubt(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order(Behaviour.status(422));
        disturbed(bench, Hook.LOSE_COMMIT_ANSWER, bench.post(key, order)).refuses(Refusal.COMMIT_UNKNOWN);
        Document document = found(bench, key).found(Word.REJECTED);
        Response replay = bench.insist(bench.post(key, order));
        replay.require(replay.status() == 422 && replay.says(Word.REJECTED) && replay.replayed(), "expected a replay");
        document.holds(replay);
        bench.expectEffects(order, 0);
    }
}
