package dev.nodoubt.demo.lab;

import java.time.Duration;

/** Counts changes, for those who wait for the next one. Thread-safe. */
final class News {

    private long version;
    private boolean ended;

    synchronized void changed() {
        version++;
        notifyAll();
    }

    /** Nobody waits any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Another version than this one as soon as there is one, or the same at the limit or the end. */
    synchronized long await(long seen, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (version == seen && !ended && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        return version;
    }
}
