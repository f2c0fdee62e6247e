package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls over whose transaction is said to have committed. A database may answer a commit with a rollback, or have
 * rolled back before, and nobody hears of it: unless the driver was asked before the commit, a call is looked for in the
 * store before anything of it is sent. Those that come while one question is under way are asked for together by the
 * next one. Lives on the loop; the store is used on {@code io}.
 */
final class HandOvers {

    private static final Logger log = LoggerFactory.getLogger(HandOvers.class);

    private final CallStore store;
    private final Node node;
    private final Sightings sightings;
    private final Loop loop;
    private final Executor io;
    private final int batch;
    private List<Arrival> waiting = new ArrayList<>();
    private boolean running;

    /**
     * A call whose transaction was reported as committed.
     *
     * @param holder who held it at its birth
     * @param scansBefore how many scans there had been before it was recorded
     * @param certain whether the commit is known to have kept it
     */
    record Committed(OpenCall call, long holder, long scansBefore, boolean certain) {}

    private record Arrival(Committed committed, Lane lane) {
        IdempotencyKey key() {
            return committed.call.key();
        }
    }

    /** @param batch for how many calls one question asks; what comes beyond it is left to a scan */
    HandOvers(CallStore store, Node node, Sightings sightings, Loop loop, Executor io, int batch) {
        this.store = store;
        this.node = node;
        this.sightings = sightings;
        this.loop = loop;
        this.io = io;
        this.batch = batch;
    }

    /** Gives a call to its lane, unless a scan found it first. */
    void take(Committed committed, Lane lane) {
        Arrival arrival = new Arrival(committed, lane);
        if (committed.certain) {
            offer(arrival);
        } else if (waiting.size() < batch) {
            lane.waits().announce(arrival.key());
            waiting.add(arrival);
            look();
        } else {
            lane.calls().passOver();
        }
    }

    private boolean isUnseen(Arrival arrival) {
        return sightings.isUnseen(arrival.key(), arrival.committed.scansBefore);
    }

    private void offer(Arrival arrival) {
        if (isUnseen(arrival)) {
            arrival.lane.offer(arrival.committed.call, arrival.committed.holder);
        }
    }

    private void look() {
        if (running || waiting.isEmpty()) {
            return;
        }
        running = true;
        List<Arrival> asked = waiting;
        waiting = new ArrayList<>();
        List<IdempotencyKey> keys = asked.stream().map(Arrival::key).toList();
        io.execute(() -> {
            try {
                Set<IdempotencyKey> open = store.openOf(keys);
                loop.execute(() -> found(asked, open));
            } catch (RuntimeException | Error e) {
                loop.execute(() -> unknown(asked));
            }
        });
    }

    private void found(List<Arrival> asked, Set<IdempotencyKey> open) {
        try {
            tellMissing(asked.stream()
                    .filter(arrival -> !open.contains(arrival.key()))
                    .toList());
            asked.stream().filter(arrival -> open.contains(arrival.key())).forEach(this::offer);
        } finally {
            ended(asked);
        }
    }

    /** That the store cannot be used is a scan's to say, and one finds the calls when it can. */
    private void unknown(List<Arrival> asked) {
        asked.forEach(arrival -> arrival.lane.calls().passOver());
        ended(asked);
    }

    /** One that a scan found may be settled; so may one that another node took over, as it may after this one's lease. */
    private void tellMissing(List<Arrival> missing) {
        boolean holds = node.outlasts(Duration.ZERO);
        String keys = missing.stream()
                .filter(arrival -> holds && arrival.committed.holder == node.incarnation() && isUnseen(arrival))
                .map(arrival -> arrival.committed.call.request().target() + " " + arrival.key())
                .collect(Collectors.joining(", "));
        if (!keys.isEmpty()) {
            log.warn(
                    "ND-0119 calls were not sent, because they are not recorded though their transaction was reported as"
                            + " committed: {}; look for an exception of the database that was swallowed in it",
                    keys);
        }
    }

    private void ended(List<Arrival> asked) {
        running = false;
        asked.forEach(arrival -> arrival.lane.waits().endAnnouncement(arrival.key()));
        look();
    }
}
