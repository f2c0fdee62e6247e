package dev.nodoubt.test.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** A receiver that is killed or stopped, and one whose database goes away (protocol, sections 4 and 6). */
final class FaultCases {

    private static final int AT_ONCE = 24;

    static final List<Case> ALL = List.of(
            Case.of(
                    "kill.in-handler",
                    "killed while the handler runs: no row, and a retry executes at once; one effect",
                    FaultCases::killInHandler,
                    Hook.KILL,
                    Hook.RESTART,
                    Ability.HOLDING),
            Case.of(
                    "kill.after-answer",
                    "killed after the answer: the retry gets the same answer, byte by byte; one effect",
                    FaultCases::killAfterAnswer,
                    Hook.KILL,
                    Hook.RESTART),
            Case.of(
                    "kill.at-random",
                    "killed among many requests: each retry executes or is replayed; one effect each",
                    FaultCases::killAtRandom,
                    Hook.KILL,
                    Hook.RESTART),
            Case.of(
                    "kill.tombstone",
                    "killed after a fence: the tombstone still stands",
                    FaultCases::killTombstone,
                    Hook.KILL,
                    Hook.RESTART),
            Case.of(
                    "pause.in-handler",
                    "stopped beyond the transaction's limit: the handler cannot commit any more; a fence is final",
                    FaultCases::pause,
                    Hook.PAUSE,
                    Hook.RESUME,
                    Ability.HOLDING,
                    Ability.TRANSACTION_LIMIT),
            Case.of(
                    "session.ended",
                    "the administrator ends the handler's session: a fence is final at once, the handler cannot commit",
                    FaultCases::sessionEnded,
                    Hook.END_SESSIONS,
                    Ability.HOLDING),
            Case.of(
                    "database.cut-in-handler",
                    "cut off while the handler runs: 5xx not-executed or unknown; the retry executes; one effect",
                    FaultCases::cutInHandler,
                    Hook.CUT_DATABASE,
                    Hook.MEND_DATABASE,
                    Ability.HOLDING),
            Case.of(
                    "database.unreachable",
                    "without its database: 503 store-unavailable, Retry-After; query and fence 503; then all works again",
                    FaultCases::unreachable,
                    Hook.CUT_DATABASE,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.answer-lost",
                    "a COMMIT whose answer is lost: 503 commit-unknown; query executed, retry replayed; one effect",
                    FaultCases::answerLost,
                    Hook.LOSE_COMMIT_ANSWER,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.dropped",
                    "a COMMIT that never arrived: 503 commit-unknown; query absent, the retry executes; one effect",
                    FaultCases::dropped,
                    Hook.DROP_COMMIT,
                    Hook.MEND_DATABASE),
            Case.of(
                    "commit.dropped-then-fenced",
                    "a COMMIT that never arrived, then a fence: fenced, and no effect",
                    FaultCases::droppedThenFenced,
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
                    FaultCases::rejectionInDoubt,
                    Hook.LOSE_COMMIT_ANSWER,
                    Hook.MEND_DATABASE,
                    Ability.STEERING));

    private FaultCases() {}

    private static void restart(Bench bench) throws Exception {
        bench.pull(Hook.KILL);
        bench.pull(Hook.RESTART);
    }

    private static void killInHandler(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            restart(bench);
            Order order = bench.order();
            // The database notices the dead session by itself, in milliseconds; no lease has to run out.
            Response retry = bench.insist(bench.post(held.key(), order));
            retry.executed(201);
            bench.expectEffects(held.order(), 0);
            bench.expectEffects(order, 1);
        }
    }

    private static void killAfterAnswer(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        Response first = ReplayCases.executed(bench, key, order);
        restart(bench);
        bench.insist(bench.post(key, order)).replayOf(first);
        bench.expectEffects(order, 1);
    }

    private static void killAtRandom(Bench bench) throws Exception {
        List<Key> keys = new ArrayList<>();
        List<Order> orders = new ArrayList<>();
        List<Future<Response>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Key key = bench.newKey();
            Order order = bench.order();
            keys.add(key);
            orders.add(order);
            answers.add(Crowd.begin(() -> bench.execute(key, order)));
        }
        Crowd.result(Crowd.begin(anyAnswer(answers)));
        restart(bench);
        for (int i = 0; i < AT_ONCE; i++) {
            Response retry = bench.insist(bench.post(keys.get(i), orders.get(i)));
            retry.require(retry.isExecuted(), "expected an execution or a replay");
            bench.expectEffects(orders.get(i), 1);
        }
    }

    /** The first answer is there: others are on their way, some before their COMMIT and some behind it. */
    private static Callable<Boolean> anyAnswer(List<Future<Response>> answers) {
        return () -> {
            while (answers.stream().noneMatch(Future::isDone)) {
                Thread.onSpinWait();
            }
            return true;
        };
    }

    private static void killTombstone(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        bench.fenced(key, Word.FENCED);
        restart(bench);
        bench.insist(bench.post(key, order)).refuses(Refusal.FENCED);
        bench.expectEffects(order, 0);
    }

    private static void pause(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.pull(Hook.PAUSE);
            try {
                LockSupport.parkNanos(bench.setup()
                        .transactionLimit()
                        .plus(Duration.ofSeconds(1))
                        .toNanos());
            } finally {
                bench.pull(Hook.RESUME);
            }
            bench.insist(bench.fence(held.key())).found(Word.FENCED);
            requireNotCommitted(held.release());
            bench.send(held.duplicate()).refuses(Refusal.FENCED);
            bench.expectEffects(held.order(), 0);
        }
    }

    private static void sessionEnded(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.pull(Hook.END_SESSIONS);
            bench.insist(bench.fence(held.key())).found(Word.FENCED);
            requireNotCommitted(held.release());
            bench.send(held.duplicate()).refuses(Refusal.FENCED);
            bench.expectEffects(held.order(), 0);
        }
    }

    /** The transaction has gone: certainly not executed, or the receiver does not know. */
    private static void requireNotCommitted(Response response) {
        response.require(
                response.status() >= 500 && (response.says(Word.NOT_EXECUTED) || response.says(Word.UNKNOWN)),
                "expected 5xx not-executed or unknown");
    }

    private static void cutInHandler(Bench bench) throws Exception {
        try (Held held = bench.hold(bench.newKey(), Behaviour.HOLD)) {
            bench.pull(Hook.CUT_DATABASE);
            try {
                requireNotCommitted(held.release());
            } finally {
                bench.pull(Hook.MEND_DATABASE);
            }
            Order order = bench.order();
            bench.insist(bench.post(held.key(), order)).executed(201);
            bench.expectEffects(held.order(), 0);
            bench.expectEffects(order, 1);
        }
    }

    private static void unreachable(Bench bench) throws Exception {
        Key key = bench.newKey();
        Order order = bench.order();
        bench.pull(Hook.CUT_DATABASE);
        try {
            bench.execute(key, order).refuses(Refusal.STORE_UNAVAILABLE);
            for (Request request : List.of(bench.query(key), bench.fence(key))) {
                Response response = bench.send(request);
                response.require(
                        response.status() == 503
                                && !response.says(Word.ABSENT)
                                && !response.says(Word.FENCED)
                                && !response.says(Word.EXECUTED),
                        "expected 503 that says nothing of the key");
                response.requireRetryAfter();
            }
        } finally {
            bench.pull(Hook.MEND_DATABASE);
        }
        Response response = bench.insist(bench.post(key, order));
        response.executed(response.status());
        bench.expectEffects(order, 1);
    }

    /** Sends while the hook works, and mends. */
    private static Response disturbed(Bench bench, Hook hook, Request request) throws Exception {
        bench.pull(hook);
        try {
            return bench.send(request);
        } finally {
            bench.pull(Hook.MEND_DATABASE);
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
