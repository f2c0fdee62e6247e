package dev.nodoubt.staged;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether a worker is being closed, as its threads ask and wait for it. Thread-safe. */
final class Closing {

    private final CountDownLatch latch = new CountDownLatch(1);

    void begin() {
        latch.countDown();
    }

    boolean begun() {
        return latch.getCount() == 0;
    }

    /** Waits this long for it, or until an interrupt; says whether it has begun. */
    boolean await(Duration wait) {
        try {
            return latch.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return begun();
        }
    }
}
