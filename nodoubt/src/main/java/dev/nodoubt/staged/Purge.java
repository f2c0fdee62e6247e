package dev.nodoubt.staged;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Deletes old final intents now and then, a bounded batch at a time, one thread at a time. */
final class Purge {

    private static final int BATCH = 500;
    private static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final StagedStore store;
    private final String kind;
    private final Duration retention;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long dueAt = System.nanoTime();

    Purge(StagedStore store, String kind, Duration retention) {
        this.store = store;
        this.kind = kind;
        this.retention = retention;
    }

    /** One batch, when it is time: at start, each minute, and at once again after a full one. */
    void perhaps() {
        if (System.nanoTime() - dueAt < 0 || !running.compareAndSet(false, true)) {
            return;
        }
        try {
            dueAt = System.nanoTime() + EVERY_NANOS;
            if (store.purge(kind, retention, BATCH) == BATCH) {
                dueAt = System.nanoTime();
            }
        } finally {
            running.set(false);
        }
    }
}
