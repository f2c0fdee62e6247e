package dev.nodoubt.spring.observe;

import dev.nodoubt.jdbc.CallCensus;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Counts the open calls in the background, so that whoever reads a gauge waits for no database: each fifteen seconds, and
 * never so often that it takes more than a twentieth of the time. One thread, and one connection while it counts.
 */
final class OpenCalls implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OpenCalls.class);
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final int SHARE = 20;

    private final CallCensus census;
    private volatile CallCensus.@Nullable Count last;
    private @Nullable ScheduledExecutorService thread;
    private boolean failing;

    OpenCalls(CallCensus census) {
        this.census = census;
    }

    /** The last count; null before the first one, and when the last one failed. */
    CallCensus.@Nullable Count last() {
        return last;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread counting = new Thread(task, "nodoubt-census");
                counting.setDaemon(true);
                return counting;
            });
            again(thread, Duration.ZERO);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task answers for its own failures
    private void again(ScheduledExecutorService on, Duration wait) {
        if (!on.isShutdown()) {
            on.schedule(() -> count(on), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void count(ScheduledExecutorService on) {
        long began = System.nanoTime();
        try {
            last = census.take();
            failing = false;
        } catch (RuntimeException e) {
            last = null;
            if (!failing && !on.isShutdown()) {
                failing = true;
                log.warn(
                        "ND-0117 open calls could not be counted ({}); their gauges have no value until they can",
                        e.getMessage());
            }
        }
        Duration rest = Duration.ofNanos(System.nanoTime() - began).multipliedBy(SHARE);
        again(on, rest.compareTo(PERIOD) > 0 ? rest : PERIOD);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
