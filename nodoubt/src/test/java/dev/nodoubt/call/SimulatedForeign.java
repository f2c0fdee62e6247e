package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A called system that is no nodoubt receiver. It accepts requests and works on them later, also after a crash; nothing
 * but a key makes two requests one. Its definite codes are true of the request, so of a copy of it as well. It judges
 * time by a clock of its own.
 */
final class SimulatedForeign implements SimulatedReceiver {

    private static final AttemptResult IN_PROGRESS = new Answer.InProgress(Duration.ofSeconds(1));
    private static final AttemptResult NO_CODE = new Lost("status 502 is no definite code");
    private static final Outcome EXECUTED = new Outcome.Executed(Reply.of(200));
    private static final Outcome REJECTED = new Outcome.Rejected(Reply.of(422));
    private static final Outcome CANCELLED = Outcome.Never.of(Why.CANCELLED);
    private static final int[] CODES = {400, 404, 429, 503};

    private final History world;
    private final SimulatedTarget kind;
    private final Duration skew;
    private final boolean undoes;
    private final boolean cancelsTheUnknown;
    private final Map<IdempotencyKey, Instant> keys = new HashMap<>();
    private final Map<IdempotencyKey, Outcome> log = new HashMap<>();
    private final Map<IdempotencyKey, Integer> performed = new HashMap<>();
    private final Map<IdempotencyKey, Integer> undone = new HashMap<>();
    private final Map<Integer, Boolean> refused = new HashMap<>();
    private final List<Work> works = new ArrayList<>();

    private static final class Work {
        private final Message request;
        private boolean isAnswered;

        Work(Message request) {
            this.request = request;
        }
    }

    SimulatedForeign(History world, SimulatedTarget kind) {
        this.world = world;
        this.kind = kind;
        this.skew = Duration.ofMinutes(world.random.nextInt(-90, 90));
        this.undoes = world.random.nextBoolean();
        this.cancelsTheUnknown = world.random.nextBoolean();
    }

    private Instant now() {
        return world.now().plus(skew);
    }

    @Override
    public void arrived(Message request) {
        if (request.step() == Step.EXECUTE) {
            execute(request);
        } else if (!world.isHealed() && world.oneIn(8)) {
            answer(request, world.random.nextBoolean() ? NO_CODE : refusal());
        } else if (request.step() == Step.QUERY) {
            answer(request, found(request.key()));
        } else {
            answer(request, cancelled(request.key()));
        }
    }

    private void execute(Message request) {
        IdempotencyKey key = request.key();
        Outcome known = kind.remembersKeys() ? remembered(key) : cancelledBefore(key);
        if (isTooOld(request)) {
            world.say(() -> "receiver takes no notice, too old: " + request);
        } else if (refused.computeIfAbsent(request.attempt(), a -> !world.isHealed() && world.oneIn(8))) {
            answer(request, refusal());
        } else if (known != null) {
            answer(request, known);
        } else if (kind.remembersKeys() && isWorkingOn(key)) {
            answer(request, IN_PROGRESS);
        } else {
            world.say(() -> "receiver accepts " + request);
            keys.putIfAbsent(key, now());
            works.add(new Work(request));
        }
    }

    private boolean isTooOld(Message request) {
        return kind.isTooOld(Duration.between(request.begunAt(), world.now()));
    }

    private @Nullable Outcome remembered(IdempotencyKey key) {
        Instant seen = keys.get(key);
        if (seen != null && !isWorkingOn(key) && kind.hasForgotten(Duration.between(seen, now()))) {
            world.say(() -> "receiver has forgotten " + key);
            keys.remove(key);
        }
        return keys.containsKey(key) ? log.get(key) : null;
    }

    private @Nullable Outcome cancelledBefore(IdempotencyKey key) {
        return CANCELLED.equals(log.get(key)) ? CANCELLED : null;
    }

    private AttemptResult found(IdempotencyKey key) {
        Outcome known = log.get(key);
        boolean seen = isWorkingOn(key) && world.random.nextBoolean();
        return known != null ? known : seen ? IN_PROGRESS : new Answer.Absent();
    }

    private AttemptResult cancelled(IdempotencyKey key) {
        Outcome known = log.get(key);
        if (known != null && !(known.equals(EXECUTED) && undoes)) {
            return known;
        }
        if (known != null) {
            world.say(() -> "receiver TAKES BACK " + key);
            undone.merge(key, 1, Integer::sum);
        } else if (!works.removeIf(work -> work.request.key().equals(key))) {
            if (!cancelsTheUnknown) {
                return new Answer.Absent();
            }
            if (!world.protocol.cancelsStay()) {
                return CANCELLED;
            }
        }
        log.put(key, CANCELLED);
        return CANCELLED;
    }

    @Override
    public void act() {
        if (works.isEmpty()) {
            return;
        }
        Work work = works.get(world.random.nextInt(works.size()));
        if (isTooOld(work.request)) {
            ended(work, null, NO_CODE);
        } else if (!work.isAnswered && world.oneIn(6)) {
            work.isAnswered = true;
            answer(work.request, NO_CODE);
        } else {
            end(work, world.random.nextInt(world.isHealed() ? 8 : 12));
        }
    }

    private void end(Work work, int fate) {
        if (fate < 6) {
            ended(work, EXECUTED, EXECUTED);
        } else if (fate < 8) {
            ended(work, REJECTED, REJECTED);
        } else if (fate < 10) {
            refused.put(work.request.attempt(), true);
            ended(work, null, new Answer.NotExecuted(Reply.of(500)));
        } else {
            ended(work, fate == 10 ? EXECUTED : null, NO_CODE);
        }
    }

    private void ended(Work work, @Nullable Outcome outcome, AttemptResult answer) {
        IdempotencyKey key = work.request.key();
        works.remove(work);
        if (outcome == null) {
            keys.remove(key);
        } else {
            log.put(key, outcome);
        }
        if (EXECUTED.equals(outcome)) {
            performed.merge(key, 1, Integer::sum);
        }
        world.say(() -> "receiver ends " + work.request + ": "
                + (outcome == null ? "NOTHING DONE" : EXECUTED.equals(outcome) ? "DONE" : "REJECTED"));
        if (!work.isAnswered) {
            answer(work.request, answer);
        }
    }

    /** Nobody is answered; half of the work is lost, the other half done later. */
    @Override
    public void crash() {
        world.say(() -> "receiver crashes with work on " + works.size() + " requests");
        for (Work work : List.copyOf(works)) {
            work.isAnswered = true;
            if (world.random.nextBoolean()) {
                ended(work, null, NO_CODE);
            }
        }
    }

    private boolean isWorkingOn(IdempotencyKey key) {
        return works.stream().anyMatch(work -> work.request.key().equals(key));
    }

    private AttemptResult refusal() {
        return new Answer.NotExecuted(Reply.of(CODES[world.random.nextInt(CODES.length)]));
    }

    private void answer(Message request, AttemptResult result) {
        world.send(request.answeredBy(result));
    }

    @Override
    public boolean isIdle() {
        return works.isEmpty();
    }

    @Override
    public int performed(IdempotencyKey key) {
        return performed.getOrDefault(key, 0);
    }

    @Override
    public int undone(IdempotencyKey key) {
        return undone.getOrDefault(key, 0);
    }
}
