package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's gate and database. An execution is an open transaction: its row is inserted first and locks the key, its
 * effect counts with the commit. A fence inserts its tombstone into the same unique row and waits for an open execution.
 */
final class SimulatedGate implements SimulatedReceiver {

    private static final AttemptResult IN_PROGRESS = new Answer.InProgress(Duration.ofSeconds(1));
    private static final Outcome EXECUTED = new Outcome.Executed(Reply.of(202));
    private static final Outcome REJECTED = new Outcome.Rejected(Reply.of(422));
    private static final Outcome FENCED = Outcome.Never.of(Why.FENCED);
    private static final int[] AT_THE_DOOR = {400, 401, 404, 429, 503};

    private final History world;
    private final Map<IdempotencyKey, Outcome> rows = new HashMap<>();
    private final Map<IdempotencyKey, Integer> effects = new HashMap<>();
    private final List<Execution> executions = new ArrayList<>();
    private final List<Message> waitingFences = new ArrayList<>();

    private static final class Execution {
        private final Message request;
        private boolean hasRun;
        private boolean isRolledBack;

        Execution(Message request) {
            this.request = request;
        }
    }

    SimulatedGate(History world) {
        this.world = world;
    }

    @Override
    public void arrived(Message request) {
        if (!world.isHealed() && world.oneIn(8)) {
            int status = AT_THE_DOOR[world.random.nextInt(AT_THE_DOOR.length)];
            answer(request, new Answer.NotExecuted(Reply.of(status)));
        } else if (request.step() == Step.EXECUTE) {
            execute(request);
        } else if (request.step() == Step.FENCE) {
            fence(request);
        } else {
            query(request);
        }
    }

    private void execute(Message request) {
        Outcome row = rows.get(request.key());
        if (row != null) {
            if (row.equals(FENCED) && !world.protocol.tombstonesStay()) {
                rows.remove(request.key());
            }
            answer(request, row);
        } else if (isLocked(request.key())) {
            answer(request, IN_PROGRESS);
        } else {
            world.say(() -> "receiver begins " + request);
            executions.add(new Execution(request));
        }
    }

    private void query(Message request) {
        Outcome row = rows.get(request.key());
        answer(request, row != null ? row : isLocked(request.key()) ? IN_PROGRESS : new Answer.Absent());
    }

    private void fence(Message request) {
        Outcome row = rows.get(request.key());
        if (row != null) {
            answer(request, row);
        } else if (isLocked(request.key())) {
            if (world.random.nextBoolean()) {
                waitingFences.add(request);
            } else {
                answer(request, IN_PROGRESS);
            }
        } else if (!world.isHealed() && world.oneIn(6)) {
            if (world.random.nextBoolean()) {
                rows.put(request.key(), FENCED);
            }
            answer(request, new Answer.Unknown());
        } else {
            rows.put(request.key(), FENCED);
            answer(request, FENCED);
        }
    }

    /** One open transaction takes its next step. */
    @Override
    public void act() {
        if (executions.isEmpty()) {
            return;
        }
        Execution e = executions.get(world.random.nextInt(executions.size()));
        if (e.isRolledBack) {
            recordRefusal(e);
        } else if (!e.hasRun) {
            e.hasRun = true;
        } else {
            end(e, world.random.nextInt(world.isHealed() ? 8 : 12));
        }
    }

    private void end(Execution e, int fate) {
        if (fate < 6) {
            ended(e, EXECUTED, EXECUTED);
        } else if (fate < 8) {
            world.say(() -> "receiver refuses and rolls back " + e.request);
            e.isRolledBack = true;
            runWaitingFences(e.request.key());
        } else if (fate < 10) {
            ended(e, null, new Answer.NotExecuted(Reply.of(500)));
        } else {
            ended(e, fate == 10 ? EXECUTED : null, new Answer.Unknown());
        }
    }

    /** A refusal is recorded after the rollback, by an insert that may lose. */
    private void recordRefusal(Execution e) {
        IdempotencyKey key = e.request.key();
        if (!isLocked(key)) {
            executions.remove(e);
            Outcome row = rows.computeIfAbsent(key, k -> REJECTED);
            answer(e.request, row);
        }
    }

    private void ended(Execution e, @Nullable Outcome committed, AttemptResult answer) {
        IdempotencyKey key = e.request.key();
        executions.remove(e);
        if (committed != null) {
            rows.put(key, committed);
            effects.merge(key, 1, Integer::sum);
        }
        world.say(() -> "receiver " + (committed == null ? "rolls back " : "COMMITS ") + e.request);
        answer(e.request, answer);
        runWaitingFences(key);
    }

    private void runWaitingFences(IdempotencyKey key) {
        List<Message> waiting =
                waitingFences.stream().filter(fence -> fence.key().equals(key)).toList();
        waitingFences.removeAll(waiting);
        waiting.forEach(this::fence);
    }

    /** All open transactions roll back; nobody is answered. */
    @Override
    public void crash() {
        world.say(() -> "receiver crashes with " + executions.size() + " open transactions");
        executions.clear();
        waitingFences.clear();
    }

    private boolean isLocked(IdempotencyKey key) {
        for (Execution e : executions) {
            if (!e.isRolledBack && e.request.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private void answer(Message request, AttemptResult result) {
        world.send(request.answeredBy(result));
    }

    @Override
    public boolean isIdle() {
        return executions.isEmpty();
    }

    @Override
    public int performed(IdempotencyKey key) {
        return effects.getOrDefault(key, 0);
    }

    @Override
    public int undone(IdempotencyKey key) {
        return 0;
    }
}
