package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.call.HeldCalls.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The way to one target: who is due gets a permit, passes the breaker and is attempted. Lanes share nothing but the
 * writer, so a slow target delays no other. Lives on the loop.
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
    private final TargetBreaker breaker;
    private final Door door = new Door();
    private final HeldCalls calls;

    private int inFlight;
    private boolean closing;
    private long wakeAt = Long.MAX_VALUE;
    private volatile Counts counts = new Counts(0, 0);

    /** What other threads may read. */
    private record Counts(int inFlight, int held) {}

    Lane(Target target, Transport transport, Loop loop, Node node, Writer writer, int capacity) {
        this.target = target;
        this.transport = transport;
        this.loop = loop;
        this.node = node;
        this.writer = writer;
        this.calls = new HeldCalls(capacity);
        this.breaker = new TargetBreaker(target.name(), target.breaker(), loop::nanoTime);
    }

    /** Takes a call that was just committed; without room it stays in the store and is found by a scan. */
    void offer(OpenCall call, long holder) {
        if (!closing && holder == node.incarnation()) {
            calls.add(call, holder);
        }
        pump();
    }

    // -- scans of the store

    Collection<IdempotencyKey> beginScan() {
        return calls.beginScan();
    }

    int room() {
        return closing ? 0 : calls.room();
    }

    /** What a scan found, and whether there may be more. */
    void endScan(List<OpenCall> found, long holder, boolean more) {
        if (!closing && holder == node.incarnation()) {
            calls.endScan(found, holder, more);
        }
        settleWithoutAsking();
        pump();
    }

    boolean wantsScan() {
        return !closing && calls.wantsScan();
    }

    void cancel(Set<IdempotencyKey> keys) {
        calls.cancel(keys, node.now());
        settleWithoutAsking();
        pump();
    }

    // -- attempts

    private void pump() {
        calls.keepOnly(node.incarnation());
        Instant now = node.now();
        while (mayStart()) {
            Held next = calls.next().orElse(null);
            if (next == null || next.wakeAt().isAfter(now) || !(door.isOpen() || door.wantsProbe())) {
                break;
            }
            if (!breaker.tryAcquire()) {
                if (breaker.isOpen()) { // half open, the end of a probe wakes this lane
                    wakeIn(breaker.remaining());
                }
                break;
            }
            if (!door.isOpen()) {
                probe();
                break;
            }
            calls.take(next);
            attempt(next, now);
        }
        calls.next().filter(h -> h.wakeAt().isAfter(now)).ifPresent(h -> wakeIn(Duration.between(now, h.wakeAt())));
        counts = new Counts(inFlight, calls.size());
    }

    /** A permit is free, and this node's lease outlasts an attempt: a zombie must not begin one. */
    private boolean mayStart() {
        return !closing && inFlight < target.bulkhead().permits() && node.outlasts(transport.longest(target.name()));
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
        calls.takeAll(progress -> CallMachine.next(progress, target.capability(), now) == Step.SETTLE_NEVER)
                .forEach(this::settleNeverSent);
    }

    private void settleNeverSent(Held h) {
        Progress progress = h.call().progress();
        settle(h, CallMachine.never(progress, Outcome.Why.NEVER_SENT), progress.attempts());
    }

    private void attempt(Held h, Instant now) {
        Progress progress = h.call().progress();
        Step step = CallMachine.next(progress, target.capability(), now);
        if (step == Step.SETTLE_NEVER) {
            breaker.release();
            settleNeverSent(h);
            return;
        }
        Duration remaining = Duration.between(now, progress.deadline());
        OpenCall call = h.call();
        cross(
                new Attempt(step, call.key(), call.request(), progress.attempts() + 1, remaining),
                result -> attempted(h, step, now, result));
    }

    private void probe() {
        door.probing();
        Request nothing = new Request(target.name(), "POST", "/", Payload.EMPTY);
        IdempotencyKey key = IdempotencyKey.create(node.now());
        cross(new Attempt(Step.QUERY, key, nothing, door.probes(), Duration.ZERO), result -> {
            if (door.probed(result)) {
                pauseUntilProbed();
            }
        });
    }

    private void pauseUntilProbed() {
        Duration pause = target.backoff().after(IdempotencyKey.create(node.now()), door.probes());
        log.warn("target {} is paused: {}; asked again in {} ms", target.name(), door.problem(), pause.toMillis());
        loop.schedule(pause, () -> {
            door.probeAgain();
            pump();
        });
    }

    private void cross(Attempt attempt, Consumer<AttemptResult> then) {
        inFlight++;
        long began = loop.nanoTime();
        transport
                .cross(attempt)
                .whenComplete((crossing, fault) -> loop.execute(() -> {
                    inFlight--;
                    AttemptResult known = fault == null
                            ? crossing.result()
                            : new AttemptResult.Lost("the transport failed: " + fault);
                    breaker.record(known, loop.nanoTime() - began);
                    then.accept(known);
                    pump();
                }));
    }

    private void attempted(Held h, Step step, Instant begunAt, AttemptResult result) {
        Decision decision = new Lesson(h.call(), target, step, begunAt, node.now()).of(result);
        if (decision instanceof Decision.Settle settled) {
            settle(h, settled.outcome(), h.call().progress().attempts() + 1);
            return;
        }
        Decision.Keep keep = (Decision.Keep) decision;
        keep.halted().ifPresent(this::halt);
        tell(h.call().key(), keep.progress(), result);
        writer.defer(new Deferral(h.call().key(), h.holder(), keep.progress()));
        calls.putBack(h, keep.progress());
    }

    private void halt(Decision.Halt halt) {
        if (door.halt(halt)) {
            pauseUntilProbed();
        } else {
            log.warn("target {} is paused: {}", target.name(), door.problem());
        }
    }

    private void settle(Held h, Outcome outcome, int attempts) {
        if (h.call().progress().state() != CallState.WAITING) {
            log.info("call {} to {} is known after {} attempts: {}", h.call().key(), target.name(), attempts, outcome);
        }
        writer.settle(new Settlement(h.call().key(), h.holder(), outcome, attempts));
    }

    private void tell(IdempotencyKey key, Progress progress, AttemptResult result) {
        Level level = result instanceof Answer.InProgress ? Level.DEBUG : Level.INFO;
        log.atLevel(level).log("call {} to {} {}", key, target.name(), progress);
    }

    // -- what the writer wrote

    void written(Writer.Written written) {
        for (Settlement settlement : written.settlements()) {
            Held h = calls.find(settlement.key(), settlement.holder());
            if (h != null) {
                calls.forget(h);
            }
        }
        for (Deferral deferral : written.deferrals()) {
            Held h = calls.find(deferral.key(), deferral.holder());
            if (h != null) {
                deferred(h, written.held().contains(deferral.key()));
            }
        }
        pump();
    }

    private void deferred(Held h, boolean stillHeld) {
        calls.noteWritten(h.call().key());
        if (stillHeld) {
            calls.makeRoom(h, node.now().plus(WORTH_HOLDING));
        } else {
            log.info("call {} to {} was taken over by another node", h.call().key(), target.name());
            calls.forget(h);
        }
    }

    /** This node goes on under a new incarnation. */
    void lapse() {
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

    Set<IdempotencyKey> underWay() {
        return calls.underWay();
    }

    String name() {
        return target.name();
    }

    Target target() {
        return target;
    }

    /** Readable from any thread. */
    TargetStatus status() {
        Counts now = counts;
        return new TargetStatus(
                target.name(),
                breaker.state(),
                breaker.remaining(),
                now.inFlight,
                target.bulkhead().permits(),
                Math.max(now.held - now.inFlight, 0),
                door.problem());
    }
}
