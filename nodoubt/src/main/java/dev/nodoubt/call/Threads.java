package dev.nodoubt.call;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a relay runs on. */
record Threads(Loop loop, ExecutorService io, ExecutorService notices) {

    static Threads own() {
        return new Threads(new LoopThread("nodoubt-relay"), daemons(4, "nodoubt-store"), daemons(1, "nodoubt-notices"));
    }

    private static ExecutorService daemons(int most, String name) {
        return Executors.newFixedThreadPool(most, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
