package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.HeldCalls.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one target: who is due gets a permit, passes rate and breaker and is attempted. Lanes share nothing but what
 * writes their results, so a slow target delays no other. Lives on the loop.
 */
final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(1);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final Target target;
    private final Transport transport;
    private final Loop loop;
    private final Node node;
    private final Starts starts;
    private final Waits waits;
    private final TargetBreaker breaker;
    private final Rate rate;
    private final Door door;
    private final HeldCalls calls;
    private final Results results;

    private int inFlight;
    private boolean closing;
    private long wakeAt = Long.MAX_VALUE;
    private @Nullable Instant heldOffUntil;
    private volatile Counts counts = new Counts(0, 0);

    /** What other threads may read. */
    private record Counts(int inFlight, int held) {}

    /** What a lane shares with the others of its relay. */
    record Shared(Transport transport, Loop loop, Node node, Starts starts, Results.Ways ways) {}

    /** @param told hears for how long nothing is to be attempted after the breaker opened, and zero when it closed */
    Lane(Target target, Shared shared, int capacity, Consumer<Duration> told) {
        this.target = target;
        this.transport = shared.transport;
        this.loop = shared.loop;
        this.node = shared.node;
        this.starts = shared.starts;
        this.waits = shared.ways.waits();
        this.calls = new HeldCalls(capacity);
        this.results = new Results(target, node, calls, shared.ways);
        this.breaker = new TargetBreaker(target.name(), target.breaker(), loop::nanoTime, told);
        this.rate = new Rate(target.bulkhead().rate(), loop::nanoTime);
        this.door = new Door(target.capability() instanceof Capability.Gate);
    }

    /** Takes a call that was just committed; without room it stays in the store and is found by a scan. */
    void offer(OpenCall call, long holder) {
        if (!closing && holder == node.incarnation()) {
            calls.add(call, holder);
        }
        pump();
    }

    /** Ends this wait when the call's outcome is written, or at once where the call cannot be attempted now. */
    void await(IdempotencyKey key, CompletableFuture<String> end) {
        Held h = calls.find(key, node.incarnation());
        if (h == null) {
            end.complete("this node does not hold it");
            return;
        }
        String obstacle = h.waits() ? obstacle() : null;
        if (obstacle != null) {
            end.complete(obstacle);
        } else {
            waits.add(key, end);
        }
    }

    void forget(IdempotencyKey key, CompletableFuture<String> end) {
        waits.remove(key, end);
    }

    /** Why no attempt begins now; null when one would. */
    private @Nullable String obstacle() {
        if (door.problem() != null) {
            return "target " + target.name() + " is paused: " + door.problem();
        }
        if (breaker.isOpen() || isHeldOff(node.now())) {
            return "the circuit breaker of target " + target.name() + " is open";
        }
        boolean full = inFlight >= target.bulkhead().permits();
        return full ? "no permit of target " + target.name() + " is free (" + inFlight + " attempts under way)" : null;
    }

    // -- scans of the store

    Collection<IdempotencyKey> beginScan() {
        return calls.beginScan();
    }

    int room() {
        return closing ? 0 : calls.room();
    }

    /** Whether calls may be claimed for attempts now. */
    boolean mayAttempt() {
        return !breaker.isOpen() && !isHeldOff(node.now());
    }

    /** What a scan found, and whether there may be more. */
    void endScan(List<OpenCall> found, long holder, boolean more) {
        if (!closing && holder == node.incarnation()) {
            calls.endScan(found, holder, more);
        }
        withoutAsking();
        pump();
    }

    boolean wantsScan() {
        return !closing && calls.wantsScan() && mayAttempt();
    }

    void cancel(Set<IdempotencyKey> keys) {
        calls.cancel(keys, node.now());
        withoutAsking();
        pump();
    }

    /** Another node's breaker is open until then, or none is. */
    void holdOff(@Nullable Instant until) {
        heldOffUntil = until;
    }

    private boolean isHeldOff(Instant now) {
        Instant until = heldOffUntil;
        return until != null && now.isBefore(until) && breaker.isClosed();
    }

    // -- attempts

    private void pump() {
        calls.keepOnly(node.incarnation());
        Instant now = node.now();
        while (mayStart(now)) {
            Held next = calls.due(now).orElse(null);
            if (next == null || !(door.isOpen() || door.wantsProbe())) {
                break;
            }
            Duration pause = rate.untilNext();
            if (!pause.isZero()) {
                wakeIn(pause);
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
        calls.nextWake().filter(at -> at.isAfter(now)).ifPresent(at -> wakeIn(Duration.between(now, at)));
        counts = new Counts(inFlight, calls.size());
    }

    /** A permit is free, and this node's lease outlasts an attempt: a zombie must not begin one. */
    private boolean mayStart(Instant now) {
        Instant until = heldOffUntil;
        if (until != null && isHeldOff(now)) {
            wakeIn(Duration.between(now, until));
            return false;
        }
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

    /** Steps that ask nobody are taken whatever breaker and door say. */
    private void withoutAsking() {
        Instant now = node.now();
        calls.takeAll(progress -> {
                    Step step = CallMachine.next(progress, target.capability(), now);
                    return step == Step.SETTLE_NEVER
                            || (!step.crosses() && !progress.dueAt().isAfter(now));
                })
                .forEach(
                        h -> results.withoutAsking(h, CallMachine.next(h.call().progress(), target.capability(), now)));
    }

    private void attempt(Held h, Instant now) {
        OpenCall call = h.call();
        Progress progress = call.progress();
        Step step = CallMachine.next(progress, target.capability(), now);
        if (!step.crosses()) {
            breaker.release();
            results.withoutAsking(h, step);
            return;
        }
        rate.take();
        Duration remaining = Duration.between(now, progress.deadline());
        Attempt attempt = new Attempt(step, call.key(), call.request(), progress.attempts() + 1, remaining);
        boolean marked = call.terms().marksStart() || target.capability().atMostOnce();
        if (step == Step.EXECUTE && marked) {
            inFlight++;
            starts.begin(
                    new Deferral(call.key(), h.holder(), progress.sending(now)), begun -> begun(h, attempt, begun));
        } else {
            cross(attempt, made -> attempted(h, made));
        }
    }

    /** Its start is committed, or is not: only then, and only while the lease still outlasts the attempt, it leaves. */
    private void begun(Held h, Attempt attempt, Starts.Begun begun) {
        inFlight--;
        if (begun == Starts.Begun.HELD && !closing && node.outlasts(transport.longest(target.name()))) {
            cross(attempt, made -> attempted(h, made));
            return;
        }
        breaker.release();
        if (begun == Starts.Begun.TAKEN_OVER) {
            results.lose(h);
        } else { // it did not leave, so what may stand in the row is taken back
            Progress p = h.call().progress();
            Instant later = node.now().plus(STORE_PAUSE);
            results.defer(
                    h, new Progress(p.state(), p.attempts(), later, p.deadline(), p.givingUp(), p.last(), p.doubt()));
        }
        pump();
    }

    private void probe() {
        door.probing();
        Request nothing = new Request(target.name(), "POST", "/", Payload.EMPTY);
        IdempotencyKey key = IdempotencyKey.create(node.now());
        cross(new Attempt(Step.QUERY, key, nothing, door.probes(), Duration.ZERO), made -> {
            if (door.probed(made.crossing().result())) {
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

    private void cross(Attempt attempt, Consumer<Results.Made> then) {
        inFlight++;
        long began = loop.nanoTime();
        Instant begunAt = node.now();
        transport
                .cross(attempt)
                .whenComplete((crossing, fault) -> loop.execute(() -> {
                    inFlight--;
                    Crossing known = fault == null
                            ? crossing
                            : Crossing.of(new AttemptResult.Lost("the transport failed: " + fault));
                    breaker.record(known.result(), loop.nanoTime() - began);
                    then.accept(new Results.Made(attempt.step(), begunAt, known));
                    pump();
                }));
    }

    private void attempted(Held h, Results.Made made) {
        if (results.attempted(h, made) instanceof Decision.Keep keep) {
            keep.halted().ifPresent(this::halt);
        }
    }

    private void halt(Decision.Halt halt) {
        if (door.halt(halt)) {
            pauseUntilProbed();
        } else {
            log.warn("target {} is paused: {}", target.name(), door.problem());
        }
    }

    void written(Writer.Written written) {
        results.written(written);
        pump();
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
