package dev.nodoubt.staged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the intents of one kind with threads of its own, so that a slow kind holds up no other. Each thread claims
 * one intent at a time, commits it as sending, attempts it without holding a database connection, and records the end.
 * Nothing that fails stops it for good. Several processes may run a worker of the same kind; in each of them one worker
 * serves it. Thread-safe.
 */
public final class StagedWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StagedWorker.class);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StagedKind kind;
    private final Settings settings;
    private final Claims claims;
    private final Attempts attempts;
    private final Purge purge;
    private final Semaphore wake = new Semaphore(0);
    private @Nullable Shift shift;

    /**
     * How a worker works.
     *
     * @param threads attempts at the same time, 1 to 64; 4 by default
     * @param lease how long an attempt may stand as running before it counts as in doubt, at most 1 h, and at least 1 s
     *     longer than the kind's attempts; 30 s by default
     * @param poll how often to look for due intents when nothing wakes the worker, 1 ms to 1 h; 1 s by default
     * @param retention how long an intent is kept after its state became final, at least 1 ms; 30 days by default
     */
    public record Settings(int threads, Duration lease, Duration poll, Duration retention) {

        public static final Settings DEFAULT =
                new Settings(4, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofDays(30));

        public Settings {
            if (threads < 1 || threads > 64) {
                throw new IllegalArgumentException("staged worker: threads must be 1 to 64, was " + threads);
            }
            requireRange("staged worker: lease", lease, LONGEST);
            requireRange("staged worker: poll", poll, LONGEST);
            requireRange("staged worker: retention", retention, Duration.ofDays(36_500));
        }
    }

    /**
     * A worker, not started.
     *
     * @throws IllegalArgumentException when the lease is too short for the kind's attempts
     */
    public StagedWorker(StagedStore store, StagedKind kind, Effect effect, Settings settings) {
        if (settings.lease().compareTo(kind.attemptTimeout().plus(MARGIN)) < 0) {
            throw new IllegalArgumentException("staged worker of " + kind.name() + ": lease must be at least "
                    + MARGIN.toSeconds() + " s longer than attemptTimeout (" + kind.attemptTimeout()
                    + "), so that nobody takes over an attempt that still runs; was " + settings.lease());
        }
        this.kind = kind;
        this.settings = settings;
        this.claims = new Claims(store, kind, settings);
        this.attempts = new Attempts(store, kind, effect, claims);
        this.purge = new Purge(store, kind.name(), settings.retention());
    }

    static void requireRange(String name, Duration value, Duration most) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be PT0.001S to " + most + ", was " + value);
        }
    }

    /** Begins, or begins again after {@link #close()}; nothing happens while it runs. */
    public synchronized void start() {
        if (shift != null) {
            return;
        }
        shift = new Shift();
        LOG.info(
                "staged worker of {} started: {} at a time, policy {}, attempts of {} at the most, lease {}",
                kind.name(),
                settings.threads(),
                kind.policy(),
                kind.attemptTimeout(),
                settings.lease());
    }

    /** Something may be due: one thread looks at once. To be called after the commit that recorded an intent. */
    public void wake() {
        if (wake.availablePermits() < settings.threads()) {
            wake.release();
        }
    }

    public synchronized boolean isRunning() {
        return shift != null;
    }

    /**
     * Claims nothing more and waits until the attempts that run have ended and are recorded, not much longer than one may
     * take. What is not recorded then counts as in doubt when its lease has run out.
     */
    @Override
    public synchronized void close() {
        if (shift != null) {
            shift.end();
            shift = null;
        }
    }

    /** The threads between a start and a close. */
    private final class Shift {

        private final Closing closing = new Closing();
        private final List<Thread> threads = new ArrayList<>();

        Shift() {
            for (int i = 1; i <= settings.threads(); i++) {
                Thread thread = new Thread(this::run, "nodoubt-staged-" + kind.name() + "-" + i);
                thread.setDaemon(true);
                threads.add(thread);
            }
            threads.forEach(Thread::start);
        }

        private void run() {
            while (!closing.begun()) {
                if (!turn() && !closing.begun()) {
                    rest();
                }
            }
        }

        /** Whether there was an intent. */
        private boolean turn() {
            try {
                purge.perhaps();
                Optional<Claim> claim = claims.next();
                claim.ifPresent(c -> attempts.make(c, closing));
                return claim.isPresent();
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "ND-0501 staged worker of {} looks again within {}: {}",
                        kind.name(),
                        settings.poll(),
                        firstLine(e));
                return false;
            }
        }

        /** Until it is woken or its poll interval, spread so that processes do not look together, has passed. */
        private void rest() {
            try {
                long nanos = (long) (settings.poll().toNanos()
                        * (0.9 + 0.2 * ThreadLocalRandom.current().nextDouble()));
                boolean unused = wake.tryAcquire(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // Whoever interrupts an effect's thread does not stop the worker: only closing does.
            }
        }

        void end() {
            closing.begin();
            wake.release(threads.size());
            long end = System.nanoTime() + kind.attemptTimeout().plus(PATIENCE).toNanos();
            try {
                for (Thread thread : threads) {
                    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            wake.drainPermits();
            if (claims.held() > 0) {
                LOG.warn(
                        "ND-0502 staged worker of {} closed with {} attempts whose end is not recorded: they count as in doubt",
                        kind.name(),
                        claims.held());
            }
        }
    }

    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
