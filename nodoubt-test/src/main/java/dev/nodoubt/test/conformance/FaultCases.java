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
                    Hook.MEND_DATABASE));

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
            bench.awaitRecovery();
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
                bench.mend();
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
            bench.mend();
        }
        Response response = bench.insist(bench.post(key, order));
        response.executed(response.status());
        bench.expectEffects(order, 1);
    }
}
