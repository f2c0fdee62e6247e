package dev.nodoubt.call;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a relay runs on.
 *
 * @param loop where its lanes live
 * @param io where the store, outcome handlers and the listener are called, which may block
 */
record Threads(Loop loop, ExecutorService io) {

    /** The scan, the writer, the handlers and the rest are at work at once, and none waits for another. */
    private static final int AT_ONCE = 4;

    static Threads own() {
        return new Threads(new LoopThread("nodoubt-relay"), Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "nodoubt-store");
            thread.setDaemon(true);
            return thread;
        }));
    }
}
