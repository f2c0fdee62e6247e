package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's heartbeat: hears what operators want, then renews the lease, takes over what dead nodes left, and finds due
 * calls that nobody handed over. A store that cannot be used pauses it and never stops it. Lives on the loop; the store is
 * used on {@code io}.
 */
final class Scan {

    private static final Logger log = LoggerFactory.getLogger(Scan.class);

    /** How often calls are asked for whose deadline has passed where no attempt may begin: it reads all that wait there. */
    private static final Duration LATE_PACE = Duration.ofSeconds(10);

    private final CallStore store;
    private final Node node;
    private final List<Lane> lanes;
    private final Set<String> handlers;
    private final Loop loop;
    private final Executor io;
    private final Relay.Settings settings;
    private final DueCalls due;
    private final Sightings sightings = new Sightings();

    /** Of targets whose backlog is read on: when the last call that was read became due. */
    private final Map<Lane, Instant> readTo = new HashMap<>();

    /** Up to where operators' wishes were read. */
    private @Nullable IdempotencyKey wishesTo;

    private long nextLate;
    private volatile boolean ended;
    private boolean running;
    private boolean again;
    private boolean asked;
    private boolean failing;

    /** What this node can work on. */
    record Knowledge(List<Lane> lanes, Set<String> handlers) {}

    /**
     * What a scan answers a lane.
     *
     * @param calls what it found
     * @param hurried what operators want of those
     * @param attempts whether they may need attempts; else it says nothing of a backlog of those
     * @param more whether there may be more
     * @param moreLate whether there may be more whose deadline has passed
     * @param end from when on it may be read on; null from the beginning
     */
    record Answer(
            List<OpenCall> calls,
            Map<IdempotencyKey, Boolean> hurried,
            boolean attempts,
            boolean more,
            boolean moreLate,
            @Nullable Instant end) {}

    /**
     * What a whole scan reads.
     *
     * @param fromBeginning whether a backlog is read from its beginning
     * @param late whether calls whose deadline has passed are asked for where no attempt may begin
     */
    private record Extent(boolean fromBeginning, boolean late) {}

    /** @param more whether there may be more to take over */
    private record Found(long holder, Map<Lane, Answer> answers, boolean more) {}

    Scan(CallStore store, Node node, Knowledge knowledge, Loop loop, Executor io, Relay.Settings settings) {
        this.store = store;
        this.node = node;
        this.lanes = new ArrayList<>(knowledge.lanes);
        this.handlers = knowledge.handlers;
        this.loop = loop;
        this.io = io;
        this.settings = settings;
        this.due = new DueCalls(store, node, loop, settings.scan());
        this.nextLate = loop.nanoTime();
    }

    void begin() {
        if (!ended) {
            loop.schedule(settings.scan(), this::begin);
            scan(true, true);
        }
    }

    void end() {
        ended = true;
    }

    Sightings sightings() {
        return sightings;
    }

    /** Scans now, or once more when a scan is under way. */
    void now() {
        asked = true;
        scan(true, true);
    }

    /** Reads more due calls where there is room again, without the rest of a scan; one under way does that at its end. */
    void readOn() {
        scan(false, false);
    }

    private void scan(boolean whole, boolean fromBeginning) {
        if (ended) {
            return;
        }
        if (running) {
            again |= whole;
            return;
        }
        running = true;
        again &= !whole;
        if (whole) {
            boolean late = due.mayAskLate() && loop.nanoTime() - nextLate >= 0;
            nextLate = late ? loop.nanoTime() + LATE_PACE.toNanos() : nextLate;
            CallStore.Heard heard = heard();
            ask(() -> hear(heard, new Extent(fromBeginning, late)));
        } else {
            read(lanes.stream().filter(Lane::wantsScan), new Extent(false, false), Set.of(), false);
        }
    }

    /** The heart beats on, whatever a driver throws. Who has left asks nothing more. */
    private void ask(Runnable question) {
        io.execute(() -> {
            if (ended) {
                return;
            }
            try {
                question.run();
            } catch (RuntimeException | Error e) {
                loop.execute(() -> failed(e));
            }
        });
    }

    private DueCalls.Wish wish(Lane lane, Extent extent) {
        if (extent.fromBeginning || lane.calls().expectsMore()) {
            readTo.remove(lane);
        }
        // A backlog is read in large pieces, however often more of it is taken over.
        boolean reads = extent.fromBeginning || lane.calls().occupancy().isHalfFree();
        return new DueCalls.Wish(
                lane,
                lane.calls().beginScan(reads),
                lane.mayAttempt(),
                reads,
                readTo.get(lane),
                extent.late ? Wanted.ENDED_OR_LATE : Wanted.ENDED,
                lane.room().atMost(settings.batch()));
    }

    private CallStore.Heard heard() {
        Map<IdempotencyKey, Boolean> done = new HashMap<>();
        lanes.forEach(lane -> done.putAll(lane.takeDone()));
        Set<IdempotencyKey> held =
                lanes.stream().flatMap(lane -> lane.calls().keys().stream()).collect(Collectors.toSet());
        return new CallStore.Heard(done, held, wishesTo);
    }

    /** Before the lease is renewed, and heeded by then: whoever cannot hear of a cancel lets the lease run out. */
    private void hear(CallStore.Heard heard, Extent extent) {
        long heardAt = loop.nanoTime();
        long holder = node.incarnation();
        CallStore.Demands demands = store.demands(holder, heard);
        // Asked next: whoever ended a pause on which a cancel relied did so after that cancel.
        Set<IdempotencyKey> cancelled = store.cancelled(holder);
        goOn(() -> {
            wishesTo = demands.end();
            lanes.forEach(lane -> lane.heed(demands, cancelled));
            Set<String> shutHere = lanes.stream()
                    .filter(lane -> !lane.mayAttempt())
                    .map(Lane::name)
                    .collect(Collectors.toSet());
            ask(() -> takeOver(shutHere, heardAt, extent));
        });
    }

    private void takeOver(Set<String> shutHere, long heardAt, Extent extent) {
        boolean joined = node.needsRenewal() && node.renew(heardAt);
        if (ended) { // who has left does not join again
            if (joined) {
                store.leave(node.incarnation(), Set.of());
            }
            return;
        }
        if (joined) {
            loop.execute(() -> lanes.forEach(Lane::lapse));
        }
        Map<String, Instant> heldOff = store.heldOff();
        Set<String> shut = new HashSet<>(shutHere);
        shut.addAll(heldOff.keySet());
        Set<String> targets = lanes.stream().map(Lane::name).collect(Collectors.toSet());
        CallStore.Known known = new CallStore.Known(targets, handlers, shut);
        int taken = store.takeOver(node.incarnation(), known, settings.batch());
        goOn(() -> {
            lanes.forEach(lane -> lane.holdOff(heldOff.get(lane.name())));
            search(shut, taken, extent);
        });
    }

    /** What is held is noted just before it is searched: what is committed meanwhile is read though it is handed over. */
    private void search(Set<String> shut, int taken, Extent extent) {
        if (extent.late) { // the first ones may take all the time that there is
            Collections.rotate(lanes, 1);
        }
        boolean all = asked || taken > 0;
        asked = false;
        Stream<Lane> which = lanes.stream().filter(lane -> all || lane.wantsScan() || due.isWorthIt(lane));
        read(which, extent, shut, taken == settings.batch());
    }

    private void read(Stream<Lane> which, Extent extent, Set<String> shut, boolean more) {
        List<DueCalls.Wish> wishes = which.map(lane -> wish(lane, extent)).toList();
        ask(() -> {
            long holder = node.incarnation();
            answer(new Found(holder, due.read(holder, wishes, shut), more));
        });
    }

    private void goOn(Runnable step) {
        loop.execute(() -> {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        });
    }

    private void answer(Found found) {
        loop.execute(() -> {
            if (failing) {
                failing = false;
                log.info("the call store can be used again");
            }
            found(found);
        });
    }

    private void found(Found found) {
        running = false;
        sightings.add(found.answers.values().stream()
                .flatMap(answer -> answer.calls.stream().map(OpenCall::key))
                .toList());
        if (found.answers.values().stream().anyMatch(Answer::moreLate)) {
            nextLate = loop.nanoTime();
        }
        found.answers.forEach((lane, answer) -> {
            boolean whole = lane.endScan(answer, found.holder); // else what had no room comes next
            readTo.compute(lane, (same, before) -> !whole ? null : answer.attempts ? answer.end : before);
        });
        if (again) {
            now();
        } else if (found.more) {
            scan(true, false);
        } else if (lanes.stream().anyMatch(Lane::wantsScan)) {
            readOn();
        }
    }

    private void failed(Throwable e) {
        running = false;
        lanes.forEach(lane -> lane.calls().scanFailed());
        if (!failing) {
            failing = true;
            log.warn(
                    "ND-0101 the call store cannot be used ({}); no new attempts once the lease of {} runs out, again"
                            + " each {}",
                    e.getMessage(),
                    settings.lease(),
                    settings.scan());
        }
    }
}
