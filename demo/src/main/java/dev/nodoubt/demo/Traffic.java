package dev.nodoubt.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that do one thing after another, with a pause in between, until ended; it notes how long each took. */
final class Traffic {

    private final Samples samples = new Samples();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    private final Duration pause;
    private volatile boolean ended;

    /** One piece of work. */
    @FunctionalInterface
    interface Work {
        void once() throws Exception;
    }

    /**
     * Begins at once.
     *
     * @param client makes what one thread works with
     */
    Traffic(String name, int clients, Duration pause, Callable<Work> client) {
        this.pause = pause;
        for (int i = 1; i <= clients; i++) {
            Thread thread = new Thread(() -> run(client), name + "-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    Samples samples() {
        return samples;
    }

    /** Lets each thread end what it has begun, and returns when all have. */
    void end() throws Failure, InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        Exception failure = failed.get();
        if (failure != null) {
            throw new Failure("the traffic broke off: " + failure.getMessage(), failure);
        }
    }

    private void run(Callable<Work> client) {
        try {
            Work work = client.call();
            while (!ended) {
                long began = System.nanoTime();
                work.once();
                samples.add(began, System.nanoTime());
                Thread.sleep(pause.toMillis());
            }
        } catch (Exception e) {
            failed.compareAndSet(null, e);
        }
    }
}
