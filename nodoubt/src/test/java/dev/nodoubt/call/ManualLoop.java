package dev.nodoubt.call;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A loop whose time stands still until a test moves it. Runs its tasks on the thread that moves it. */
final class ManualLoop implements Loop {

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long nanoTime;
    private long tasksSoFar;
    private boolean closed;

    private record Task(long at, long number, Runnable work) {}

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public synchronized void schedule(Duration delay, Runnable task) {
        if (!closed) {
            tasks.add(new Task(nanoTime + Math.max(delay.toNanos(), 0), tasksSoFar++, task));
        }
    }

    @Override
    public synchronized long nanoTime() {
        return nanoTime;
    }

    /** How many tasks were ever given to this loop. */
    synchronized long tasksSoFar() {
        return tasksSoFar;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Runs what is to be run now. */
    void run() {
        advance(Duration.ZERO);
    }

    /** Lets time pass, and runs each task at its time. */
    void advance(Duration time) {
        long until = nanoTime() + time.toNanos();
        for (Runnable next = nextUntil(until); next != null; next = nextUntil(until)) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable nextUntil(long until) {
        Task next = tasks.peek();
        if (next == null || next.at > until) {
            nanoTime = Math.max(nanoTime, until);
            return null;
        }
        nanoTime = Math.max(nanoTime, next.at);
        return tasks.remove().work;
    }

    /** Lets time pass and runs nothing, as when the process is stopped. */
    synchronized void stall(Duration time) {
        nanoTime += time.toNanos();
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
    }
}
