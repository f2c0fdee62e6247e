package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits that a call is being sent before its first byte leaves, where a second sending could have a second effect: what
 * was not committed so was certainly not sent, whoever died. What comes in while one batch is committed is the next. Lives
 * on the loop; the store is used on {@code io}.
 */
final class Starts {

    private static final Logger log = LoggerFactory.getLogger(Starts.class);

    private final CallStore store;
    private final Loop loop;
    private final Executor io;
    private final List<Start> waiting = new ArrayList<>();
    private boolean running;

    /** What became of a start. */
    enum Begun {
        /** Committed: the call may be sent. */
        HELD,
        /** The row is another node's, or gone. */
        TAKEN_OVER,
        /** The store could not be used, so it may stand there or not. */
        FAILED
    }

    private record Start(Deferral sending, Consumer<Begun> then) {}

    Starts(CallStore store, Loop loop, Executor io) {
        this.store = store;
        this.loop = loop;
        this.io = io;
    }

    void begin(Deferral sending, Consumer<Begun> then) {
        waiting.add(new Start(sending, then));
        next();
    }

    private void next() {
        if (running || waiting.isEmpty()) {
            return;
        }
        running = true;
        List<Start> batch = List.copyOf(waiting);
        waiting.clear();
        io.execute(() -> commit(batch));
    }

    private void commit(List<Start> batch) {
        try {
            Set<IdempotencyKey> held =
                    store.begin(batch.stream().map(Start::sending).toList());
            loop.execute(() -> {
                running = false;
                batch.forEach(
                        start -> start.then.accept(held.contains(start.sending.key()) ? Begun.HELD : Begun.TAKEN_OVER));
                next();
            });
        } catch (RuntimeException e) {
            loop.execute(() -> {
                running = false;
                log.warn(
                        "the start of {} attempts could not be committed, so they were not made: {}",
                        batch.size(),
                        e.getMessage());
                batch.forEach(start -> start.then.accept(Begun.FAILED));
                next();
            });
        }
    }
}
