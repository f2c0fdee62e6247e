package dev.nodoubt.call;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is past its retention: about once a minute, in bounded batches, at once again after a full one. Lives on
 * the loop; the store is used on {@code io}.
 */
final class Upkeep {

    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(100);
    private static final int BATCH = 1_000;

    private final CallStore store;
    private final CallStore.Retention retention;
    private final Loop loop;
    private final Executor io;
    private boolean ended;

    Upkeep(CallStore store, CallStore.Retention retention, Loop loop, Executor io) {
        this.store = store;
        this.retention = retention;
        this.loop = loop;
        this.io = io;
    }

    void begin() {
        after(PAUSE);
    }

    void end() {
        ended = true;
    }

    /** Nodes of one store that started together do not purge together. */
    private void after(Duration pause) {
        Duration jittered = pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 5 + 1));
        loop.schedule(jittered, () -> {
            if (!ended) {
                io.execute(this::purge);
            }
        });
    }

    private void purge() {
        boolean full = false;
        try {
            full = store.purge(retention, BATCH) >= BATCH;
        } catch (RuntimeException | Error e) {
            log.warn(
                    "ND-0113 what is past its retention could not be deleted ({}); again in {}", e.getMessage(), PAUSE);
        }
        Duration pause = full ? BETWEEN_BATCHES : PAUSE;
        loop.execute(() -> after(pause));
    }
}
