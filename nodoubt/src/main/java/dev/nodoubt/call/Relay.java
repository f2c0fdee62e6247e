package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine that delivers recorded calls: one a process and database. It takes calls over after their commit, attempts
 * them target by target, and settles each by exactly one outcome. Thread-safe; its threads are daemons.
 */
public final class Relay implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final CallStore store;
    private final Settings settings;
    private final Loop loop;
    private final Threads threads;
    private final Node node;
    private final Writer writer;
    private final Hooks hooks;
    private final Handlings handlings;
    private final Upkeep upkeep;
    private final Lanes lanes;
    private final Scan scan;
    private final Outbox outbox;
    private volatile boolean closed;

    /**
     * How a relay runs.
     *
     * @param node this process' name in the store and in logs; need not be unique
     * @param lease how long after its last sign of life a node's calls may be taken over, more than three scans; 15 s by
     *     default
     * @param scan how often the store is searched for calls that nobody handed over, more than zero; 1 s by default
     * @param inMemory calls held in memory per target, at least 1, and as many again that need no attempt any more; the
     *     others wait in the store; 2,000 by default
     * @param batch rows written or read by one statement, 1 to 10,000; 500 by default
     * @param retention how long what is kept; 30 days by default
     */
    public record Settings(
            String node, Duration lease, Duration scan, int inMemory, int batch, CallStore.Retention retention) {

        public static final Settings DEFAULT = new Settings(
                "node", Duration.ofSeconds(15), Duration.ofSeconds(1), 2_000, 500, CallStore.Retention.DEFAULT);

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
     * A relay that is not started yet. Its own threads use at most four connections of the store's data source at once.
     *
     * @throws IllegalArgumentException when a target cannot be reached or asked by the transport as its capability needs
     *     it, or the lease is too short for an attempt to it
     */
    public Relay(CallStore store, Transport transport, Collection<Target> targets, Hooks hooks, Settings settings) {
        this(store, transport, targets, hooks, settings, Threads.own());
    }

    Relay(
            CallStore store,
            Transport transport,
            Collection<Target> targets,
            Hooks hooks,
            Settings settings,
            Threads threads) {
        this.store = store;
        this.settings = settings;
        this.hooks = hooks;
        this.loop = threads.loop();
        this.threads = threads;
        ExecutorService io = threads.io();
        this.node = new Node(store, settings.node(), settings.lease(), loop::nanoTime);
        Map<String, Set<CallState>> stopOn =
                targets.stream().collect(Collectors.toMap(Target::name, Target::stopOn, (a, b) -> a));
        this.writer = new Writer(store, loop, io, new Writer.Limits(settings.batch(), stopOn), this::written);
        this.handlings = new Handlings(store, hooks.handlers, loop, io, this::wake);
        CallObserver observer = new GuardedObserver(hooks.observer);
        Notices notices = new Notices(hooks.listener, loop, threads.notices());
        Results.Ways ways = new Results.Ways(writer, handlings, notices, observer);
        Lane.Shared shared = new Lane.Shared(transport, loop, node, ways);
        this.lanes = new Lanes(store, io);
        targets.forEach(target -> lanes.add(target, shared, settings));
        Scan.Knowledge knowledge = new Scan.Knowledge(List.copyOf(lanes.all()), hooks.handlers.keySet());
        this.scan = new Scan(store, node, knowledge, loop, io, settings);
        this.upkeep = new Upkeep(store, settings.retention(), loop, io);
        this.outbox = new Outbox(store, this, observer);
    }

    /** Where the application records its calls. */
    public Outbox outbox() {
        return outbox;
    }

    /** Joins the nodes of the store and begins to deliver. A store that is down delays this, it does not fail. */
    public void start() {
        loop.execute(() -> {
            scan.begin();
            upkeep.begin();
        });
    }

    /** Every target as it is at this instant. */
    public List<TargetStatus> targets() {
        return lanes.all().stream().map(Lane::status).toList();
    }

    /** This relay among the nodes of its store, at this instant. */
    public RelayStatus node() {
        return node.status();
    }

    /** A person says that a paused target was mended; it is asked for its protocol first. */
    public void resume(String target) {
        loop.execute(lanes.require(target)::resume);
    }

    Duration lease() {
        return settings.lease();
    }

    Map<String, Instant> heldOff() {
        return store.heldOff();
    }

    Lane requireLane(String target) {
        return lanes.require(target);
    }

    /**
     * The handler of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    OutcomeHandler requireHandler(String name) {
        OutcomeHandler handler = hooks.handlers.get(name);
        if (handler == null) {
            throw new IllegalArgumentException("outcome handler " + name + " is not configured, known are "
                    + hooks.handlers.keySet() + "; configure it first");
        }
        return handler;
    }

    /** Completed with the reason when there is nothing to wait for any more. */
    CompletableFuture<String> await(String target, IdempotencyKey key) {
        CompletableFuture<String> end = new CompletableFuture<>();
        loop.execute(() -> lanes.require(target).await(key, end));
        if (closed) { // the loop may have ended before it took that
            end.complete("the relay is closed");
        }
        return end;
    }

    /** Nobody waits any more. */
    void forget(String target, IdempotencyKey key, CompletableFuture<String> end) {
        loop.execute(() -> lanes.require(target).forget(key, end));
    }

    /** Who holds a call that is recorded now: nobody once the lease has run out, as this incarnation may have ended. */
    long holder() {
        return node.outlasts(Duration.ZERO) ? node.incarnation() : CallStore.NOBODY;
    }

    Instant now() {
        return node.now();
    }

    /** How many scans there were: what a call's {@link #handOver} needs to know from before its recording. */
    long scans() {
        return scan.sightings().scans();
    }

    /** Takes over a call that was just committed, unless a scan found it first. */
    void handOver(OpenCall call, long holder, long scansBefore) {
        Lane lane = lanes.find(call.request().target());
        if (lane != null && holder != CallStore.NOBODY) {
            loop.execute(() -> {
                if (scan.sightings().isUnseen(call.key(), scansBefore)) {
                    lane.offer(call, holder);
                }
            });
        }
    }

    void wake() {
        loop.execute(scan::now);
    }

    private void written(Writer.Written written) {
        lanes.all().forEach(lane -> lane.written(written));
        if (lanes.all().stream().anyMatch(Lane::wantsScan)) {
            scan.readOn();
        }
    }

    /**
     * Starts no more attempts, waits for those under way within their bound, and leaves what is open to other nodes; a
     * store that does not take that within a third of the lease is left without. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture<Set<IdempotencyKey>> quiet = new CompletableFuture<>();
        loop.execute(() -> {
            scan.end();
            upkeep.end();
            lanes.all().forEach(Lane::closing);
            awaitQuiet(quiet, loop.nanoTime() + settings.lease().toNanos());
        });
        try {
            Set<IdempotencyKey> underWay = quiet.get(settings.lease().toMillis() + 5_000, TimeUnit.MILLISECONDS);
            if (node.incarnation() != CallStore.NOBODY) {
                // not on this thread: a pool without its database lets it wait longer than a process has to end
                CompletableFuture.runAsync(() -> store.leave(node.incarnation(), underWay), threads.io())
                        .get(settings.lease().dividedBy(3).toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            String reason =
                    e.getCause() == null ? "no answer in time" : e.getCause().getMessage();
            log.warn(
                    "ND-0114 the relay ends without handing its calls back ({}); they wait for its lease to run out",
                    reason);
        }
        loop.close();
        threads.io().shutdownNow();
        threads.notices().shutdownNow();
    }

    private void awaitQuiet(CompletableFuture<Set<IdempotencyKey>> quiet, long until) {
        Set<IdempotencyKey> pending = new HashSet<>(writer.pending());
        pending.addAll(handlings.pending());
        boolean still = lanes.areQuiet() && pending.isEmpty();
        if (still || loop.nanoTime() >= until) {
            pending.addAll(lanes.underWay());
            lanes.all().forEach(Lane::closed);
            quiet.complete(pending);
        } else {
            loop.schedule(Duration.ofMillis(20), () -> awaitQuiet(quiet, until));
        }
    }
}
