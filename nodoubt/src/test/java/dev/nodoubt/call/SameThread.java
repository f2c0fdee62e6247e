package dev.nodoubt.call;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs each task at once, on the thread that gives it, or once it is released. */
final class SameThread extends AbstractExecutorService {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean holding;
    private boolean shutdown;

    /** As one whose threads are all busy. */
    void hold() {
        holding = true;
    }

    /** Its threads are free again: runs what waits and what comes. */
    void go() {
        holding = false;
        release();
    }

    /** Runs what waits, and no more. */
    void release() {
        for (int tasks = waiting.size(); tasks > 0; tasks--) {
            waiting.remove().run();
        }
    }

    /** How many tasks wait. */
    int waiting() {
        return waiting.size();
    }

    @Override
    public void execute(Runnable task) {
        if (holding) {
            waiting.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
