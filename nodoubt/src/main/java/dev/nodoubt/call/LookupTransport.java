package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.call.Crossing.Phases;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers the queries of some targets from a {@link Lookup}, and leaves every other attempt to another transport. Each of
 * these targets has threads of its own, so that a table that hangs delays no other target. Thread-safe.
 *
 * <p>A lookup that has not begun in time was <em>not sent</em>; one that has begun and failed, or took too long, is
 * <em>lost</em>. It is not interrupted, because some databases close themselves when they are: it holds its thread until
 * its own bound.
 */
public final class LookupTransport implements Transport {

    /** How many lookups of a target run at once. */
    public static final int THREADS = 4;

    /** How long a query may take, where nothing else is wanted. */
    public static final Duration LIMIT = Duration.ofSeconds(3);

    private static final int LINE = 1_000;
    private static final String CLOSED = ": the transport is closed";
    private static final Duration LONGEST_LIMIT = Duration.ofHours(1);

    private final Transport others;
    private final Duration limit;
    private final Map<String, Desk> desks = new TreeMap<>();
    private final Set<Search> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, LookupTransport::timerThread);

    /**
     * A transport that owns the other one, and closes it with itself.
     *
     * @param others crosses the network
     * @param lookups by the name of their target, each a target of {@code others}
     * @param limit how long a query may take, waiting for a thread included; more than zero, at most an hour
     */
    public LookupTransport(Transport others, Map<String, Lookup> lookups, Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "lookups: limit must be > 0 and at most " + LONGEST_LIMIT + ", was " + limit);
        }
        if (!others.targets().containsAll(lookups.keySet())) {
            throw new IllegalArgumentException(
                    "lookups: targets must be of " + others.targets() + ", were " + lookups.keySet());
        }
        this.others = others;
        this.limit = limit;
        timer.setRemoveOnCancelPolicy(true);
        // After close every lookup has ended: none needs an alarm any more.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        lookups.forEach((target, lookup) -> desks.put(target, new Desk(lookup, threads(target))));
    }

    private record Desk(Lookup lookup, ThreadPoolExecutor threads) {}

    private static Thread timerThread(Runnable task) {
        return daemon(task, "nodoubt-lookup-timer");
    }

    private static ThreadPoolExecutor threads(String target) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LINE),
                task -> daemon(task, "nodoubt-lookup-" + target));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public CompletionStage<Crossing> cross(Attempt attempt) {
        Desk desk = desks.get(attempt.request().target());
        return desk == null || attempt.step() != Step.QUERY ? others.cross(attempt) : look(desk, attempt);
    }

    private CompletableFuture<Crossing> look(Desk desk, Attempt attempt) {
        Search search = new Search(desk, attempt);
        underWay.add(search);
        try {
            String late = " within " + limit.toMillis() + " ms";
            search.alarm = timer.schedule(() -> search.giveUp(late), limit.toNanos(), TimeUnit.NANOSECONDS);
            desk.threads.execute(search);
        } catch (RejectedExecutionException e) {
            search.giveUp(desk.threads.isShutdown() ? CLOSED : ": too many are waiting");
        }
        return search.result;
    }

    /** One lookup. Its phase moves by compare-and-set, so that one that was given up never begins. */
    private final class Search implements Runnable {

        private enum Phase {
            WAITING,
            RUNNING,
            GIVEN_UP
        }

        private final Desk desk;
        private final Attempt attempt;
        private final long asked = System.nanoTime();
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
        private final CompletableFuture<Crossing> result = new CompletableFuture<>();
        private volatile long begun;
        private volatile @Nullable ScheduledFuture<?> alarm;

        private Search(Desk desk, Attempt attempt) {
            this.desk = desk;
            this.attempt = attempt;
        }

        @Override
        public void run() {
            begun = System.nanoTime();
            if (phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
                end(found(), begun);
            }
        }

        /** A failure by its name only: its message may hold the key. */
        private AttemptResult found() {
            try {
                return Objects.requireNonNull(desk.lookup.find(attempt.key()), "result");
            } catch (RuntimeException e) {
                return new AttemptResult.Lost(
                        "the lookup failed: " + e.getClass().getSimpleName());
            }
        }

        private void giveUp(String why) {
            if (phase.compareAndSet(Phase.WAITING, Phase.GIVEN_UP)) {
                desk.threads.remove(this);
                end(new AttemptResult.NotSent("no lookup could begin" + why), System.nanoTime());
            } else {
                end(new AttemptResult.Lost("the lookup did not answer" + why), begun);
            }
        }

        private void end(AttemptResult with, long since) {
            ScheduledFuture<?> set = alarm;
            if (set != null) {
                set.cancel(false);
            }
            underWay.remove(this);
            Duration waited = Duration.ofNanos(since - asked);
            Duration answered = Duration.ofNanos(System.nanoTime() - since);
            result.complete(new Crossing(with, new Phases(waited, Duration.ZERO, answered)));
        }
    }

    /** Of the other transport, or of a lookup: what is longer. */
    @Override
    public Duration longest(String target) {
        Duration crossing = others.longest(target);
        return desks.containsKey(target) && limit.compareTo(crossing) > 0 ? limit : crossing;
    }

    @Override
    public Set<String> targets() {
        return others.targets();
    }

    @Override
    public Set<Step> steps(String target) {
        Set<Step> steps = EnumSet.copyOf(others.steps(target));
        if (desks.containsKey(target)) {
            steps.add(Step.QUERY);
        }
        return steps;
    }

    /** Ends what is under way; a lookup that is running is not waited for. */
    @Override
    public void close() {
        desks.values().forEach(desk -> desk.threads.shutdown());
        underWay.forEach(search -> search.giveUp(CLOSED));
        timer.shutdownNow();
        others.close();
    }
}
