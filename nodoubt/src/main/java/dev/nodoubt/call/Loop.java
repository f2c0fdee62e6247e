package dev.nodoubt.call;

import java.time.Duration;

/** The one thread on which a relay's lanes live, and its clock. Tasks run one after another, in order. */
interface Loop extends AutoCloseable {

    void execute(Runnable task);

    /** Runs the task after this time; not at all once the loop is closed. */
    void schedule(Duration delay, Runnable task);

    /** A monotonic clock, as {@link System#nanoTime}. */
    long nanoTime();

    /** Ends with the task under way. What waits is dropped, and nothing is accepted afterwards. */
    @Override
    void close();
}
