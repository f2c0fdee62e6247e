package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's heartbeat: renews the lease, takes over what dead nodes left, and finds due calls that nobody handed over.
 * A store that cannot be used pauses it and never stops it. Lives on the loop; the store is used on {@code io}.
 */
final class Scan {

    private static final Logger log = LoggerFactory.getLogger(Scan.class);

    /** How often calls are asked for whose deadline has passed where no attempt may begin: it reads all that wait there. */
    private static final Duration LATE_PACE = Duration.ofSeconds(10);

    /** For how long a scan begins such questions, of all lanes together: the lease waits for it. */
    private static final Duration LATE_TIME = Duration.ofSeconds(2);

    private final CallStore store;
    private final Node node;
    private final List<Lane> lanes;
    private final Set<String> handlers;
    private final Loop loop;
    private final Executor io;
    private final Relay.Settings settings;
    private final Sightings sightings = new Sightings();

    /** Of targets whose backlog is read on: when the last call that was read became due. */
    private final Map<Lane, Instant> readTo = new HashMap<>();

    /** Up to where operators' wishes were read. */
    private @Nullable IdempotencyKey wishesTo;

    private long nextLate;
    private volatile boolean ended;
    private boolean running;
    private boolean again;
    private boolean failing;

    /** What this node can work on. */
    record Knowledge(List<Lane> lanes, Set<String> handlers) {}

    /** What one lane asks of a scan: from when on, and what where no attempt may begin. */
    private record Wish(
            Lane lane,
            Collection<IdempotencyKey> known,
            boolean attempts,
            @Nullable Instant since,
            Wanted otherwise,
            Room room) {}

    /** For how many calls there is room, and for how many that need no attempt. */
    private record Room(int calls, int withoutAttempts) {}

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

    /** What a whole scan learns beside due calls. */
    private record Rest(Map<String, Instant> heldOff, boolean more) {}

    /** @param rest null: only due calls were asked for */
    private record Found(
            long holder,
            Map<Lane, Answer> answers,
            @Nullable Rest rest) {}

    Scan(CallStore store, Node node, Knowledge knowledge, Loop loop, Executor io, Relay.Settings settings) {
        this.store = store;
        this.node = node;
        this.lanes = new ArrayList<>(knowledge.lanes);
        this.handlers = knowledge.handlers;
        this.loop = loop;
        this.io = io;
        this.settings = settings;
        this.nextLate = loop.nanoTime();
    }

    void begin() {
        if (!ended) {
            loop.schedule(settings.scan(), this::begin);
            now();
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
        scan(true);
    }

    /** Reads more due calls where there is room again, without the rest of a scan; one under way does that at its end. */
    void readOn() {
        scan(false);
    }

    private void scan(boolean whole) {
        if (ended) {
            return;
        }
        if (running) {
            again |= whole;
            return;
        }
        running = true;
        again &= !whole;
        boolean late = whole && loop.nanoTime() - nextLate >= 0;
        nextLate = late ? loop.nanoTime() + LATE_PACE.toNanos() : nextLate;
        Wanted otherwise = late ? Wanted.ENDED_OR_LATE : Wanted.ENDED;
        if (late) { // the first ones may take all the time that there is
            Collections.rotate(lanes, 1);
        }
        List<Wish> wishes = lanes.stream()
                .filter(lane -> whole || lane.wantsScan())
                .map(lane -> wish(lane, whole || lane.expectsMore(), otherwise))
                .toList();
        CallStore.Heard heard = whole ? heard(wishes) : null;
        io.execute(() -> search(wishes, heard));
    }

    private Wish wish(Lane lane, boolean fromBeginning, Wanted otherwise) {
        Instant since = fromBeginning ? null : readTo.get(lane);
        return new Wish(lane, lane.beginScan(), lane.mayAttempt(), since, otherwise, room(lane));
    }

    private Room room(Lane lane) {
        return new Room(
                Math.min(lane.room(), settings.batch()), Math.min(lane.roomWithoutAttempts(), settings.batch()));
    }

    private CallStore.Heard heard(List<Wish> wishes) {
        Map<IdempotencyKey, Boolean> done = new HashMap<>();
        lanes.forEach(lane -> done.putAll(lane.takeDone()));
        Set<IdempotencyKey> held =
                wishes.stream().flatMap(wish -> wish.known.stream()).collect(Collectors.toSet());
        return new CallStore.Heard(done, held, wishesTo);
    }

    /** @param heard null: only due calls are asked for */
    private void search(List<Wish> wishes, CallStore.@Nullable Heard heard) {
        if (ended) { // who has left does not join again
            return;
        }
        try {
            if (node.needsRenewal() && node.renew()) {
                loop.execute(() -> lanes.forEach(Lane::lapse));
            }
            long holder = node.incarnation();
            Found found = heard == null
                    ? new Found(holder, due(holder, wishes, Set.of()), null)
                    : find(wishes, holder, heard);
            loop.execute(() -> {
                if (failing) {
                    failing = false;
                    log.info("the call store can be used again");
                }
                found(found);
            });
        } catch (RuntimeException | Error e) { // the heart beats on, whatever a driver throws
            loop.execute(() -> failed(e));
        }
    }

    private Found find(List<Wish> wishes, long holder, CallStore.Heard heard) {
        CallStore.Demands demands = store.demands(holder, heard);
        // Asked next: whoever ended a pause on which a cancel relied did so after that cancel.
        Set<IdempotencyKey> cancelled = store.cancelled(holder);
        loop.execute(() -> {
            wishesTo = demands.end();
            lanes.forEach(lane -> lane.heed(demands, cancelled));
        });
        Map<String, Instant> heldOff = store.heldOff();
        Set<String> shut = wishes.stream()
                .filter(wish -> !wish.attempts
                        || heldOff.containsKey(wish.lane.name())
                        || demands.paused().contains(wish.lane.name()))
                .map(wish -> wish.lane.name())
                .collect(Collectors.toSet());
        Set<String> targets = lanes.stream().map(Lane::name).collect(Collectors.toSet());
        CallStore.Known known = new CallStore.Known(targets, handlers, shut);
        boolean more = store.takeOver(holder, known, settings.batch()) == settings.batch();
        Map<Lane, Answer> answers = due(holder, wishes, shut);
        return new Found(holder, answers, new Rest(heldOff, more));
    }

    private Map<Lane, Answer> due(long holder, List<Wish> wishes, Set<String> shut) {
        Map<Lane, Answer> answers = new LinkedHashMap<>();
        long begun = loop.nanoTime();
        for (Wish wish : wishes) {
            boolean open = wish.attempts && !shut.contains(wish.lane.name());
            boolean late = loop.nanoTime() - begun < LATE_TIME.toNanos();
            Wanted otherwise = late ? wish.otherwise : Wanted.ENDED;
            Wanted wanted = !open ? otherwise : wish.room.calls > 0 ? Wanted.ALL : Wanted.ENDED;
            answers.put(wish.lane, due(holder, wish, wanted));
        }
        return answers;
    }

    /** Where no attempt may begin, or no more calls have room, those come that need none. */
    private Answer due(long holder, Wish wish, Wanted wanted) {
        boolean attempts = wanted == Wanted.ALL;
        int limit = attempts ? wish.room.calls : wish.room.withoutAttempts;
        Instant since = attempts ? wish.since : null;
        List<OpenCall> calls = limit == 0
                ? List.of()
                : store.due(holder, new CallStore.Wish(wish.lane.name(), wish.known, wanted, since, limit));
        boolean full = calls.size() == limit;
        Instant end =
                attempts && full && limit > 0 ? calls.get(limit - 1).progress().dueAt() : null;
        // Read on to the end: calls that were due before and were committed late are found from the beginning.
        boolean more = full || wish.room.calls == 0 || since != null;
        return new Answer(calls, hurried(calls), attempts, more, full && wanted == Wanted.ENDED_OR_LATE, end);
    }

    /** Asked after the calls were read, so that none comes due by a wish and without it. */
    private Map<IdempotencyKey, Boolean> hurried(List<OpenCall> calls) {
        return calls.isEmpty()
                ? Map.of()
                : store.hurried(calls.stream().map(OpenCall::key).toList());
    }

    private void found(Found found) {
        running = false;
        sightings.add(found.answers.values().stream()
                .flatMap(answer -> answer.calls.stream().map(OpenCall::key))
                .toList());
        Rest rest = found.rest;
        if (rest != null) {
            lanes.forEach(lane -> lane.holdOff(rest.heldOff.get(lane.name())));
        }
        if (found.answers.values().stream().anyMatch(Answer::moreLate)) {
            nextLate = loop.nanoTime();
        }
        found.answers.forEach((lane, answer) -> readTo.compute(lane, (same, before) -> answer.end));
        found.answers.forEach((lane, answer) -> lane.endScan(answer, found.holder));
        if (again || (rest != null && rest.more)) {
            now();
        } else if (lanes.stream().anyMatch(Lane::wantsScan)) {
            readOn();
        }
    }

    private void failed(Throwable e) {
        running = false;
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
