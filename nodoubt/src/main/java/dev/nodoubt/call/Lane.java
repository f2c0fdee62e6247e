package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

    private final Target target;
    private final Transport transport;
    private final Loop loop;
    private final Node node;
    private final Crossings crossings;
    private final Waits waits;
    private final Protection protection;
    private final Door door;
    private final HeldCalls calls;
    private final Wishes wishes;
    private final Results results;
    private final Writer writer;

    private boolean closing;
    private long wakeAt = Long.MAX_VALUE;
    private volatile Counts counts = new Counts(0, 0);

    /** What other threads may read. */
    private record Counts(int inFlight, int held) {}

    /** What a lane shares with the others of its relay. */
    record Shared(Transport transport, Loop loop, Node node, Results.Ways ways) {}

    /** @param told hears for how long nothing is to be attempted after the breaker opened, and zero when it closed */
    Lane(Target target, Shared shared, int capacity, Consumer<Duration> told) {
        this.target = target;
        this.transport = shared.transport;
        this.loop = shared.loop;
        this.node = shared.node;
        this.writer = shared.ways.writer();
        this.calls = new HeldCalls(capacity);
        this.wishes = new Wishes(target, calls);
        this.protection = new Protection(target, loop, told);
        this.door = new Door(target.capability() instanceof Capability.Gate);
        this.waits = new Waits(target, node, calls, door, protection);
        this.results = new Results(target, node, new Results.Known(calls, waits, wishes), shared.ways);
        this.crossings = new Crossings(target, shared, protection, results, new Crossings.Ends(this::halt, this::pump));
    }

    /** Takes a call that was just committed; without room it stays in the store and is found by a scan. */
    void offer(OpenCall call, long holder) {
        if (!closing && holder == node.incarnation()) {
            calls.add(call, holder);
        }
        pump();
    }

    void await(IdempotencyKey key, CompletableFuture<String> end) {
        waits.add(key, end);
        writer.hurry(key);
    }

    Waits waits() {
        return waits;
    }

    // -- scans of the store

    HeldCalls calls() {
        return calls;
    }

    DueCalls.Room room() {
        return closing ? DueCalls.Room.NONE : calls.occupancy().room();
    }

    /** Whether calls may be claimed for attempts now. */
    boolean mayAttempt() {
        return !door.isShut() && protection.mayAttempt(node.now());
    }

    /** What a scan found; false when not all of it had room. */
    boolean endScan(Scan.Answer answer, long holder) {
        boolean whole = true;
        if (!closing && holder == node.incarnation()) {
            whole = calls.endScan(answer.calls(), holder, answer.attempts(), answer.more());
            wishes.hear(answer.hurried(), holder, node.now());
        }
        withoutAsking();
        pump();
        return whole;
    }

    boolean wantsScan() {
        return !closing && calls.wantsScan() && mayAttempt();
    }

    /**
     * What operators want. First of all what is given up: nothing that else is wanted may send it. Who ends a pause says
     * that the target was mended, too.
     */
    void heed(CallStore.Demands demands, Set<IdempotencyKey> cancelled) {
        calls.cancel(cancelled, node.now());
        boolean pausedNow = demands.paused().contains(target.name());
        if (protection.pause(pausedNow) && !pausedNow) {
            door.resume();
        }
        wishes.hear(demands.hurried(), node.incarnation(), node.now());
        withoutAsking();
        pump();
    }

    /** The operators' wishes that were done since this was last asked. */
    Map<IdempotencyKey, Boolean> takeDone() {
        return wishes.takeDone();
    }

    /** Another node's breaker is open until then, or none is. */
    void holdOff(@Nullable Instant until) {
        protection.holdOff(until);
    }

    // -- attempts

    private void pump() {
        calls.keepOnly(node.incarnation());
        Instant now = node.now();
        while (mayStart()) {
            Held next = calls.due(now).orElse(null);
            if (next == null || !(door.isOpen() || door.wantsProbe())) {
                break;
            }
            Optional<Duration> refused = protection.refuse(now);
            if (refused.isPresent()) {
                refused.filter(wait -> !wait.isZero()).ifPresent(this::wakeIn);
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
        waits.endWhilePaused();
        counts = new Counts(protection.inFlight(), calls.size());
    }

    /** A permit is free, and this node's lease outlasts an attempt: a zombie must not begin one. */
    private boolean mayStart() {
        return !closing && protection.hasPermit() && node.outlasts(transport.longest(target.name()));
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
                .forEach(h -> results.withoutAsking(h, wishes.next(h, now)));
    }

    private void attempt(Held h, Instant now) {
        Step step = wishes.next(h, now);
        if (step.crosses()) {
            crossings.attempt(h, step, now);
        } else {
            protection.release();
            results.withoutAsking(h, step);
        }
    }

    private void probe() {
        door.probing();
        Request nothing = new Request(target.name(), "POST", "/", Payload.EMPTY);
        IdempotencyKey key = IdempotencyKey.create(node.now());
        crossings.cross(new Attempt(Step.QUERY, key, nothing, door.probes(), Duration.ZERO), made -> {
            if (door.probed(made.crossing().result())) {
                pauseUntilProbed();
            }
        });
    }

    private void pauseUntilProbed() {
        Duration pause = target.backoff().after(IdempotencyKey.create(node.now()), door.probes());
        log.warn(
                "ND-0109 target {} is paused: {}; asked again in {} ms",
                target.name(),
                door.problem(),
                pause.toMillis());
        loop.schedule(pause, () -> {
            door.probeAgain();
            pump();
        });
    }

    private void halt(Decision.Halt halt) {
        if (door.halt(halt)) {
            pauseUntilProbed();
        } else {
            log.warn("ND-0110 target {} is paused: {}", target.name(), door.problem());
        }
    }

    void written(Writer.Written written) {
        results.written(written);
        pump();
    }

    /** This node goes on under a new incarnation. */
    void lapse() {
        pump();
        waits.lapse();
    }

    void resume() {
        door.resume();
        pump();
    }

    /** Starts no more attempts. */
    void closing() {
        closing = true;
        crossings.closing();
        waits.closing();
    }

    /** No attempt is under way any more whose result would be taken. */
    void closed() {
        waits.closed();
    }

    boolean isQuiet() {
        return protection.inFlight() == 0;
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

    /** Whether the target waits to be mended. Readable from any thread. */
    boolean isHalted() {
        return door.problem() != null;
    }

    /** Readable from any thread. */
    TargetStatus status() {
        Counts now = counts;
        String problem = door.problem();
        return protection.status(now.inFlight, now.held, problem == null ? protection.paused() : problem);
    }
}
