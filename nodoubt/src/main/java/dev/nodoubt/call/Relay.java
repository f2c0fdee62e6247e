package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The engine that delivers recorded calls: one a process and database. It takes calls over after their commit, attempts
 * them target by target, and settles each by exactly one outcome. Closed, it can be started again. Thread-safe; its
 * threads are daemons.
 */
public final class Relay implements AutoCloseable {

    private final Engine.Plan plan;
    private final Supplier<Threads> threads;
    private final Outbox outbox;
    private volatile Engine engine;

    /**
     * How a relay runs.
     *
     * @param node this process' name in the store and in logs; need not be unique
     * @param lease how long after its last sign of life a node's calls may be taken over, more than three scans; 15 s by
     *     default. Below two scans and 4 s it leaves no time for calls whose deadline passes at a target where nothing may
     *     be attempted: they wait until that ends
     * @param scan how often the store is searched for calls that nobody handed over, more than zero; 1 s by default
     * @param inMemory calls held in memory per target, at least 1, where each 4 KiB of a body counts as one call more; and
     *     as many again that need no attempt any more. The others wait in the store; 10,000 by default
     * @param batch rows written or read by one statement, 1 to 10,000; 500 by default
     * @param retention how long what is kept; by default 30 days, and 365 what operators did
     */
    public record Settings(
            String node, Duration lease, Duration scan, int inMemory, int batch, CallStore.Retention retention) {

        public static final Settings DEFAULT = new Settings(
                "node", Duration.ofSeconds(15), Duration.ofSeconds(1), 10_000, 500, CallStore.Retention.DEFAULT);

        public Settings {
            require(!node.isBlank(), "node", "named", node);
            require(!scan.isNegative() && !scan.isZero(), "scan", "> 0", scan);
            require(lease.compareTo(scan.multipliedBy(3)) > 0, "lease", "more than three scans (" + scan + ")", lease);
            require(inMemory >= 1, "inMemory", ">= 1", inMemory);
            require(batch >= 1 && batch <= 10_000, "batch", "1 to 10000", batch);
        }

        private static void require(boolean holds, String property, String rule, Object value) {
            if (!holds) {
                throw new IllegalArgumentException("relay: " + property + " must be " + rule + ", was " + value);
            }
        }
    }

    /**
     * What the application is told.
     *
     * @param handlers of outcomes, by the name that a call gives
     * @param listener of calls that need a person
     * @param observer of all that the relay does
     */
    public record Hooks(Map<String, OutcomeHandler> handlers, CallListener listener, CallObserver observer) {

        /** No handlers; that a call is unresolved stands in the log only, as a warning. */
        public static final Hooks NONE = new Hooks(Map.of(), call -> {});

        public Hooks {
            handlers = Map.copyOf(handlers);
        }

        public Hooks(Map<String, OutcomeHandler> handlers, CallListener listener) {
            this(handlers, listener, CallObserver.NONE);
        }
    }

    /** A relay without hooks. */
    public Relay(CallStore store, Transport transport, Collection<Target> targets, Settings settings) {
        this(store, transport, targets, Hooks.NONE, settings);
    }

    /**
     * A relay that is not started yet. Its own threads use at most four connections of the store's data source at once, and
     * up to eight while it is started again before a slow {@link #close} has ended.
     *
     * @throws IllegalArgumentException when a target cannot be reached or asked by the transport as its capability needs
     *     it, or the lease is too short for an attempt to it
     */
    public Relay(CallStore store, Transport transport, Collection<Target> targets, Hooks hooks, Settings settings) {
        this(store, transport, targets, hooks, settings, Threads::own);
    }

    Relay(
            CallStore store,
            Transport transport,
            Collection<Target> targets,
            Hooks hooks,
            Settings settings,
            Supplier<Threads> threads) {
        CallObserver observer = new GuardedCallObserver(hooks.observer);
        Hooks guarded = new Hooks(hooks.handlers, hooks.listener, observer);
        this.plan = new Engine.Plan(store, transport, List.copyOf(targets), guarded, settings);
        this.threads = threads;
        this.engine = new Engine(plan, threads.get());
        this.outbox = new Outbox(store, this, observer);
    }

    /** Where the application records its calls. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Joins the nodes of the store and begins to deliver. A store that is down delays this, it does not fail. After {@link
     * #close} it begins anew, as another node of the same name; a relay that runs goes on.
     */
    public synchronized void start() {
        if (engine.isClosed()) {
            engine = new Engine(plan, threads.get());
        }
        engine.start();
    }

    /** Every target as it is at this instant. */
    public List<TargetStatus> targets() {
        return engine.targets();
    }

    /** This relay among the nodes of its store, at this instant. */
    public RelayStatus node() {
        return engine.node();
    }

    /** A person says that a paused target was mended; it is asked for its protocol first. */
    public void resume(String target) {
        engine.resume(target);
    }

    Duration lease() {
        return plan.settings().lease();
    }

    Map<String, Instant> heldOff() {
        return plan.store().heldOff();
    }

    Lane requireLane(String target) {
        return engine.requireLane(target);
    }

    /**
     * The handler of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    OutcomeHandler requireHandler(String name) {
        Map<String, OutcomeHandler> handlers = plan.hooks().handlers;
        OutcomeHandler handler = handlers.get(name);
        if (handler == null) {
            throw new IllegalArgumentException("outcome handler " + name + " is not configured, known are "
                    + handlers.keySet() + "; configure it first");
        }
        return handler;
    }

    /** Completed with the reason when there is nothing to wait for any more. */
    CompletableFuture<String> await(String target, IdempotencyKey key) {
        return engine.await(target, key);
    }

    /** Nobody waits any more. */
    void forget(String target, IdempotencyKey key, CompletableFuture<String> end) {
        engine.forget(target, key, end);
    }

    /** Who holds a call that is recorded now: nobody once the lease has run out, as this incarnation may have ended. */
    long holder() {
        return engine.holder();
    }

    Instant now() {
        return engine.now();
    }

    /** How many scans there were: what a call's {@link #handOver} needs to know from before its recording. */
    long scans() {
        return engine.scans();
    }

    /** Takes over a call that was just committed, unless a scan found it first. */
    void handOver(HandOvers.Committed committed) {
        engine.handOver(committed);
    }

    void wake() {
        engine.wake();
    }

    /**
     * Starts no more attempts, waits for those under way within their bound, and leaves what is open to other nodes; a
     * store that does not take that within a third of the lease is left without. Where nothing ends in time it takes as
     * long as four thirds of the lease and 17 s: 37 s by default. A second call does nothing.
     */
    @Override
    public void close() {
        Engine running;
        synchronized (this) { // the run that a start before this one has begun
            running = engine;
        }
        running.close();
    }
}
