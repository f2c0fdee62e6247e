package dev.nodoubt.gate;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a gate's tables small and its counts true, on a thread of its own: each second it writes what callers recorded
 * and reads the store's incarnation; at each interval it raises the horizon, purges what lies below it, and erases bodies
 * past their retention, in bounded batches. Any number of nodes may do so at once. A store that fails pauses it; it goes
 * on by itself. Thread-safe.
 */
public final class GateUpkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GateUpkeep.class);
    private static final long REFRESH_MILLIS = 1000;
    private static final long END_SECONDS = 30;

    private final Gate gate;
    private final GateStore store;
    private final GateSettings.Retention retention;
    private final ScheduledExecutorService executor;
    private volatile boolean closed;
    private boolean failing;

    public GateUpkeep(Gate gate) {
        this.gate = gate;
        this.store = gate.store();
        this.retention = gate.settings().retention();
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "nodoubt-gate-upkeep");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins, with a purge at once; to be called once. */
    @SuppressWarnings("FutureReturnValueIgnored") // A task answers for its own failures.
    public void start() {
        executor.scheduleWithFixedDelay(
                () -> attempt("refresh", gate::refresh), 0, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        executor.scheduleWithFixedDelay(
                () -> attempt("purge", this::round), 0, retention.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private interface Task {
        void run() throws SQLException;
    }

    private void attempt(String what, Task task) {
        try {
            task.run();
            failing = false;
        } catch (Throwable e) { // whatever it is, it must not end the next round
            if (!failing && !closed) {
                LOG.warn("ND-0203 the gate's {} failed; nothing is lost, it is tried again", what, e);
            }
            failing = true;
        }
    }

    /**
     * One round, as {@link #start} makes them: counts, horizon, purge, bodies.
     *
     * <p>The horizon goes by the slower of this machine's clock and the database's: one that runs ahead must not make a
     * receiver forget what it promised to keep.
     *
     * @throws SQLException when the store failed; what was done by then stays
     */
    public void round() throws SQLException {
        gate.refresh();
        Instant here = gate.clock().instant();
        Instant there = store.now();
        Instant now = here.isBefore(there) ? here : there;
        // Committed before anything is deleted: an insert that succeeds only because a row was purged sees it.
        store.raiseHorizon(now.minus(retention.rows()));
        int purged = 0;
        for (int batch = -1; batch != 0 && !closed; ) {
            batch = store.purge(retention.batch());
            purged += batch;
        }
        eraseBodies(now.minus(retention.bodies()));
        if (purged > 0) {
            gate.observer().purged(purged);
            LOG.info("the gate purged {} keys older than {}", purged, retention.rows());
        }
    }

    /**
     * A key may execute for the first time when it is as old as the accept window: where that is longer than bodies are
     * kept, what was passed already may hold newer ones.
     */
    private void eraseBodies(Instant to) throws SQLException {
        Duration late = gate.settings().keys().window().minus(retention.bodies());
        Instant done = store.horizon().bodiesUntil();
        Instant from = late.isNegative() ? done : done.minus(late);
        while (from.isBefore(to) && !closed) {
            from = store.eraseBodies(from, to, retention.batch());
        }
    }

    /** Ends after the batch that runs, and writes the counts a last time. */
    @Override
    public void close() {
        closed = true;
        executor.shutdown();
        try {
            if (!executor.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
        attempt("last refresh", gate::refresh);
    }
}
