package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's heartbeat: renews the lease, takes over what dead nodes left, and finds due calls that nobody handed over.
 * A store that cannot be used pauses it and never stops it. Lives on the loop; the store is used on {@code io}.
 */
final class Scan {

    private static final Logger log = LoggerFactory.getLogger(Scan.class);

    private final CallStore store;
    private final Node node;
    private final List<Lane> lanes;
    private final Set<String> handlers;
    private final Loop loop;
    private final Executor io;
    private final Relay.Settings settings;
    private final Sightings sightings = new Sightings();
    private boolean ended;
    private boolean running;
    private boolean again;
    private boolean failing;

    /** What this node can work on. */
    record Knowledge(List<Lane> lanes, Set<String> handlers) {}

    /** What one lane asks of a scan, and what the scan answers. */
    private record Wish(Lane lane, Collection<IdempotencyKey> known, boolean attempts, int room) {}

    private record Found(
            long holder,
            Map<Wish, List<OpenCall>> calls,
            Set<IdempotencyKey> cancelled,
            Map<String, Instant> heldOff,
            boolean more) {}

    Scan(CallStore store, Node node, Knowledge knowledge, Loop loop, Executor io, Relay.Settings settings) {
        this.store = store;
        this.node = node;
        this.lanes = knowledge.lanes;
        this.handlers = knowledge.handlers;
        this.loop = loop;
        this.io = io;
        this.settings = settings;
    }

    void begin() {
        if (!ended) {
            now();
            loop.schedule(settings.scan(), this::begin);
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
        if (ended) {
            return;
        }
        if (running) {
            again = true;
            return;
        }
        running = true;
        again = false;
        List<Wish> wishes = lanes.stream()
                .map(lane ->
                        new Wish(lane, lane.beginScan(), lane.mayAttempt(), Math.min(lane.room(), settings.batch())))
                .toList();
        io.execute(() -> search(wishes));
    }

    private void search(List<Wish> wishes) {
        try {
            if (node.needsRenewal() && node.renew()) {
                loop.execute(() -> lanes.forEach(Lane::lapse));
            }
            Found found = find(wishes, node.incarnation());
            loop.execute(() -> {
                if (failing) {
                    failing = false;
                    log.info("the call store can be used again");
                }
                found(found);
            });
        } catch (RuntimeException e) {
            loop.execute(() -> failed(e));
        }
    }

    private Found find(List<Wish> wishes, long holder) {
        Map<String, Instant> heldOff = store.heldOff();
        Set<String> shut = wishes.stream()
                .filter(wish -> !wish.attempts || heldOff.containsKey(wish.lane.name()))
                .map(wish -> wish.lane.name())
                .collect(Collectors.toSet());
        Set<String> targets = lanes.stream().map(Lane::name).collect(Collectors.toSet());
        CallStore.Known known = new CallStore.Known(targets, handlers, shut);
        boolean more = store.takeOver(holder, known, settings.batch()) == settings.batch();
        Map<Wish, List<OpenCall>> calls = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            String name = wish.lane.name();
            CallStore.Wish asked = new CallStore.Wish(name, wish.known, !shut.contains(name), wish.room);
            calls.put(wish, wish.room == 0 ? List.of() : store.due(holder, asked));
        }
        return new Found(holder, calls, store.cancelled(holder), heldOff, more);
    }

    private void found(Found found) {
        sightings.add(found.calls.values().stream()
                .flatMap(calls -> calls.stream().map(OpenCall::key))
                .toList());
        lanes.forEach(lane -> lane.holdOff(found.heldOff.get(lane.name())));
        found.calls.forEach((wish, calls) -> wish.lane.endScan(calls, found.holder, calls.size() == wish.room));
        if (!found.cancelled.isEmpty()) {
            lanes.forEach(lane -> lane.cancel(found.cancelled));
        }
        running = false;
        if (again || found.more || lanes.stream().anyMatch(Lane::wantsScan)) {
            now();
        }
    }

    private void failed(RuntimeException e) {
        running = false;
        if (!failing) {
            failing = true;
            log.warn(
                    "the call store cannot be used ({}); no new attempts once the lease of {} runs out, again each {}",
                    e.getMessage(),
                    settings.lease(),
                    settings.scan());
        }
    }
}
