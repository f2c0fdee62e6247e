package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls to one target that this node holds in memory: who is due gets a permit, passes the breaker and is attempted.
 * Lanes share nothing but the writer, so a slow target delays no other. Lives on the loop.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(1);
    private static final Duration WORTH_HOLDING = Duration.ofSeconds(2);

    private final Target target;
    private final Transport transport;
    private final Loop loop;
    private final Node node;
    private final Writer writer;
    private final int capacity;
    private final TargetBreaker breaker;
    private final Door door = new Door();

    private final Map<IdempotencyKey, Held> held = new HashMap<>();
    private final PriorityQueue<Held> waiting = new PriorityQueue<>(Comparator.comparing(Held::wakeAt));
    private final Set<IdempotencyKey> writtenSinceScan = new HashSet<>();
    private int inFlight;
    private boolean closing;
    private boolean more;
    private long wakeAt = Long.MAX_VALUE;
    private volatile Counts counts = new Counts(0, 0);

    /** What other threads may read. */
    private record Counts(int inFlight, int held) {}

    /** A call in memory, and the incarnation under which it is held. Identity is the object's. */
    private static final class Held {
        private final long holder;
        private OpenCall call;
        private boolean queued;

        Held(OpenCall call, long holder) {
            this.call = call;
            this.holder = holder;
        }

        /** A waiting call's deadline is a moment to act, too. */
        Instant wakeAt() {
            Progress p = call.progress();
            return p.state() == CallState.WAITING && p.deadline().isBefore(p.dueAt()) ? p.deadline() : p.dueAt();
        }
    }

    Lane(Target target, Transport transport, Loop loop, Node node, Writer writer, int capacity) {
        this.target = target;
        this.transport = transport;
        this.loop = loop;
        this.node = node;
        this.writer = writer;
        this.capacity = capacity;
        this.breaker = new TargetBreaker(target.name(), target.breaker(), loop::nanoTime);
    }

    /** Takes a call that this node holds in the store; without room it stays there and is found by a scan. */
    void offer(OpenCall call, long holder) {
        if (held.size() >= capacity) {
            more = true;
        } else if (!closing && holder == node.incarnation() && !held.containsKey(call.key())) {
            Held h = new Held(call, holder);
            held.put(call.key(), h);
            enqueue(h);
        }
        pump();
    }

    private void enqueue(Held h) {
        h.queued = true;
        waiting.add(h);
    }

    private void dequeue(Held h) {
        if (h.queued) {
            h.queued = false;
            waiting.remove(h);
        }
    }

    // -- scans of the store

    /** What a scan needs to know before it reads. */
    Collection<IdempotencyKey> beginScan() {
        writtenSinceScan.clear();
        return List.copyOf(held.keySet());
    }

    int room() {
        return closing ? 0 : capacity - held.size();
    }

    /** What a scan found; rows that were written meanwhile are not what they were. */
    void endScan(List<OpenCall> found, long holder, boolean mayBeMore) {
        more = mayBeMore;
        for (OpenCall call : found) {
            if (!writtenSinceScan.contains(call.key())) {
                offer(call, holder);
            }
        }
        settleWithoutAsking();
        pump();
    }

    /** Whether rows wait in the store and there is room for them now. */
    boolean wantsScan() {
        return more && held.size() <= capacity / 2;
    }

    void cancel(Set<IdempotencyKey> keys) {
        for (IdempotencyKey key : keys) {
            Held h = held.get(key);
            if (h != null && h.call.progress().givingUp() == null) {
                boolean waits = h.queued;
                dequeue(h);
                h.call = h.call.with(h.call.progress().givingUp(Progress.GivingUp.CANCELLED, node.now()));
                if (waits) {
                    enqueue(h);
                }
            }
        }
        settleWithoutAsking();
        pump();
    }

    // -- attempts

    private void pump() {
        Instant now = node.now();
        while (!closing && inFlight < target.permits() && node.outlasts(transport.longest(target.name()))) {
            Held next = waiting.peek();
            if (next == null || next.wakeAt().isAfter(now) || !(door.isOpen() || door.wantsProbe())) {
                break;
            }
            if (!breaker.tryAcquire()) {
                wakeIn(breaker.remaining());
                break;
            }
            if (!door.isOpen()) {
                probe();
                break;
            }
            dequeue(next);
            attempt(next, now);
        }
        if (!waiting.isEmpty() && waiting.element().wakeAt().isAfter(now)) {
            wakeIn(Duration.between(now, waiting.element().wakeAt()));
        }
        counts = new Counts(inFlight, held.size());
    }

    private void wakeIn(Duration delay) {
        long at = loop.nanoTime() + Math.max(delay.toNanos(), SHORTEST_SLEEP.toNanos());
        if (at < wakeAt) {
            wakeAt = at;
            loop.schedule(Duration.ofNanos(at - loop.nanoTime()), () -> {
                wakeAt = Long.MAX_VALUE;
                pump();
            });
        }
    }

    /** A call that was never possibly sent is given up without asking, whatever breaker and door say. */
    private void settleWithoutAsking() {
        Instant now = node.now();
        List<Held> given = waiting.stream()
                .filter(h -> CallMachine.next(h.call.progress(), now) == Step.SETTLE_NEVER)
                .toList();
        for (Held h : given) {
            dequeue(h);
            settle(
                    h,
                    CallMachine.never(h.call.progress(), Outcome.Why.NEVER_SENT),
                    h.call.progress().attempts());
        }
    }

    private void attempt(Held h, Instant now) {
        Progress progress = h.call.progress();
        Step step = CallMachine.next(progress, now);
        if (step == Step.SETTLE_NEVER) {
            breaker.release();
            settle(h, CallMachine.never(progress, Outcome.Why.NEVER_SENT), progress.attempts());
            return;
        }
        Duration remaining = Duration.between(now, progress.deadline());
        cross(
                new Attempt(step, h.call.key(), h.call.request(), progress.attempts() + 1, remaining),
                result -> attempted(h, step, result));
    }

    private void probe() {
        Request nothing = new Request(target.name(), "POST", "/", Payload.EMPTY);
        IdempotencyKey key = IdempotencyKey.create(node.now());
        door.probing();
        Attempt question = new Attempt(Step.QUERY, key, nothing, door.probes(), Duration.ZERO);
        cross(question, result -> {
            if (door.probed(result)) {
                pauseUntilProbed();
            }
        });
    }

    private void pauseUntilProbed() {
        log.warn("target {} is paused: {}", target.name(), door.problem());
        loop.schedule(target.backoff().cap(), () -> {
            door.probeAgain();
            pump();
        });
    }

    private void cross(Attempt attempt, Consumer<AttemptResult> then) {
        inFlight++;
        long began = loop.nanoTime();
        transport
                .cross(attempt)
                .whenComplete((result, fault) -> loop.execute(() -> {
                    inFlight--;
                    AttemptResult known =
                            fault == null ? result : new AttemptResult.Lost("the transport failed: " + fault);
                    breaker.record(known, loop.nanoTime() - began);
                    then.accept(known);
                    pump();
                }));
    }

    private void attempted(Held h, Step step, AttemptResult result) {
        Instant now = node.now();
        Decision decision = CallMachine.after(h.call, step, result, target.backoff(), now);
        if (decision instanceof Decision.Settle settled) {
            settle(h, settled.outcome(), h.call.progress().attempts() + 1);
            return;
        }
        Decision.Keep keep = (Decision.Keep) decision;
        keep.halted().ifPresent(this::halt);
        h.call = h.call.with(keep.progress());
        tell(h.call, result);
        writer.defer(new Deferral(h.call.key(), h.holder, keep.progress()));
        if (held.get(h.call.key()) == h) {
            enqueue(h);
        }
    }

    private void halt(Decision.Halt halt) {
        if (door.halt(halt)) {
            pauseUntilProbed();
        } else {
            log.warn("target {} is paused: {}", target.name(), door.problem());
        }
    }

    private void settle(Held h, Outcome outcome, int attempts) {
        if (h.call.progress().state() != CallState.WAITING) {
            log.info("{} to {} is known after {} attempts: {}", subject(h.call), target.name(), attempts, outcome);
        }
        writer.settle(new Settlement(h.call.key(), h.holder, outcome, attempts));
    }

    private void tell(OpenCall call, AttemptResult result) {
        Progress p = call.progress();
        String message = "{} to {} is {} after {} attempts (last: {}); next step at {}, deadline {}";
        if (result instanceof Answer.InProgress) {
            log.debug(
                    message,
                    subject(call),
                    target.name(),
                    p.state().word(),
                    p.attempts(),
                    p.last(),
                    p.dueAt(),
                    p.deadline());
        } else {
            log.info(
                    message,
                    subject(call),
                    target.name(),
                    p.state().word(),
                    p.attempts(),
                    p.last(),
                    p.dueAt(),
                    p.deadline());
        }
    }

    private static String subject(OpenCall call) {
        return "call " + call.key();
    }

    // -- what the writer wrote

    void written(Writer.Written written) {
        for (Settlement settlement : written.settlements()) {
            forget(settlement.key(), settlement.holder());
        }
        for (Deferral deferral : written.deferrals()) {
            deferred(deferral, written.held().contains(deferral.key()));
        }
        pump();
    }

    private void deferred(Deferral deferral, boolean stillHeld) {
        Held h = held.get(deferral.key());
        if (h == null || h.holder != deferral.holder()) {
            return;
        }
        writtenSinceScan.add(deferral.key());
        if (!stillHeld) {
            log.info("call {} to {} was taken over by another node", deferral.key(), target.name());
            forget(deferral.key(), deferral.holder());
        } else if (h.queued
                && held.size() > capacity / 2
                && h.wakeAt().isAfter(node.now().plus(WORTH_HOLDING))) {
            forget(deferral.key(), deferral.holder()); // a scan finds it when it is due
        }
    }

    private void forget(IdempotencyKey key, long holder) {
        Held h = held.get(key);
        if (h != null && h.holder == holder) {
            held.remove(key);
            dequeue(h);
            writtenSinceScan.add(key);
        }
    }

    // -- life

    /** Nothing is held any more: this node goes on under a new incarnation. */
    void lapse() {
        held.clear();
        waiting.clear();
        pump();
    }

    void resume() {
        door.resume();
        pump();
    }

    /** Starts no more attempts. */
    void closing() {
        closing = true;
    }

    boolean isQuiet() {
        return inFlight == 0;
    }

    /** Calls with an attempt under way. */
    Set<IdempotencyKey> underWay() {
        return held.values().stream()
                .filter(h -> !h.queued)
                .map(h -> h.call.key())
                .collect(Collectors.toSet());
    }

    String name() {
        return target.name();
    }

    /** Readable from any thread. */
    TargetStatus status() {
        Counts now = counts;
        return new TargetStatus(
                target.name(),
                breaker.state(),
                breaker.remaining(),
                now.inFlight,
                target.permits(),
                Math.max(now.held - now.inFlight, 0),
                door.problem());
    }
}
