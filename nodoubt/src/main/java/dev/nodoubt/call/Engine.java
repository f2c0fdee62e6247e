package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a relay, from its start to its close: its threads, its incarnations, and all that it holds in memory. */
final class Engine {

    private static final Logger log = LoggerFactory.getLogger(Engine.class);

    /** How long a question to the store that is under way at the end is waited for. */
    private static final Duration STORE_ENDS = Duration.ofSeconds(2);

    private final Plan plan;
    private final Loop loop;
    private final Threads threads;
    private final Node node;
    private final Writer writer;
    private final Handlings handlings;
    private final Upkeep upkeep;
    private final Lanes lanes;
    private final Scan scan;
    private final HandOvers handOvers;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What is the same in each run. */
    record Plan(
            CallStore store, Transport transport, List<Target> targets, Relay.Hooks hooks, Relay.Settings settings) {}

    /**
     * A run that is not started yet.
     *
     * @throws IllegalArgumentException when a target cannot be reached or asked by the transport as its capability needs
     *     it, or the lease is too short for an attempt to it
     */
    Engine(Plan plan, Threads threads) {
        this.plan = plan;
        this.loop = threads.loop();
        this.threads = threads;
        CallStore store = plan.store;
        Relay.Settings settings = plan.settings;
        Relay.Hooks hooks = plan.hooks;
        ExecutorService io = threads.io();
        this.node = new Node(store, settings.node(), settings.lease(), loop::nanoTime);
        Map<String, Set<CallState>> stopOn =
                plan.targets.stream().collect(Collectors.toMap(Target::name, Target::stopOn, (a, b) -> a));
        int gathered = Math.min(settings.batch(), settings.inMemory() / 8);
        this.writer = new Writer(store, loop, io, new Writer.Limits(settings.batch(), gathered, stopOn), this::written);
        this.handlings = new Handlings(store, hooks.handlers(), loop, io, this::wake);
        Notices notices = new Notices(hooks.listener(), loop, threads.notices());
        Results.Ways ways = new Results.Ways(writer, handlings, notices, hooks.observer());
        Lane.Shared shared = new Lane.Shared(plan.transport, loop, node, ways);
        this.lanes = new Lanes(store, io);
        plan.targets.forEach(target -> lanes.add(target, shared, settings));
        Scan.Knowledge knowledge =
                new Scan.Knowledge(List.copyOf(lanes.all()), hooks.handlers().keySet());
        this.scan = new Scan(store, node, knowledge, loop, io, settings);
        this.handOvers = new HandOvers(store, node, scan.sightings(), loop, io, settings.batch());
        this.upkeep = new Upkeep(store, settings.retention(), loop, io);
    }

    /** A second start does nothing. */
    void start() {
        if (started.compareAndSet(false, true)) {
            loop.execute(() -> {
                scan.begin();
                upkeep.begin();
            });
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    List<TargetStatus> targets() {
        return lanes.all().stream().map(Lane::status).toList();
    }

    RelayStatus node() {
        return node.status();
    }

    void resume(String target) {
        loop.execute(lanes.require(target)::resume);
    }

    Lane requireLane(String target) {
        return lanes.require(target);
    }

    CompletableFuture<String> await(String target, IdempotencyKey key) {
        CompletableFuture<String> end = new CompletableFuture<>();
        loop.execute(() -> lanes.require(target).await(key, end));
        if (closed.get()) { // the loop may have ended before it took that
            end.complete("the relay is closed");
        }
        return end;
    }

    void forget(String target, IdempotencyKey key, CompletableFuture<String> end) {
        loop.execute(() -> lanes.require(target).waits().remove(key, end));
    }

    long holder() {
        return !closed.get() && node.outlasts(Duration.ZERO) ? node.incarnation() : CallStore.NOBODY;
    }

    Instant now() {
        return node.now();
    }

    long scans() {
        return scan.sightings().scans();
    }

    void handOver(HandOvers.Committed committed) {
        Lane lane = lanes.find(committed.call().request().target());
        if (lane != null && committed.holder() != CallStore.NOBODY) {
            loop.execute(() -> handOvers.take(committed, lane));
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

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Set<IdempotencyKey>> quiet = new CompletableFuture<>();
        loop.execute(() -> {
            scan.end();
            upkeep.end();
            lanes.all().forEach(Lane::closing);
            awaitQuiet(quiet, loop.nanoTime() + plan.settings.lease().toNanos());
        });
        try {
            leave(quiet.get(plan.settings.lease().toMillis() + 5_000, TimeUnit.MILLISECONDS));
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
        endStore();
        threads.notices().shutdownNow();
    }

    /** What the store is asked at this moment may end by itself: an interrupt may break its connection. */
    private void endStore() {
        threads.io().shutdown();
        try {
            if (!threads.io().awaitTermination(STORE_ENDS.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.io().shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.io().shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void leave(Set<IdempotencyKey> underWay) throws InterruptedException, ExecutionException, TimeoutException {
        if (node.incarnation() != CallStore.NOBODY) {
            // not on this thread: a pool without its database lets it wait longer than a process has to end
            CompletableFuture.runAsync(() -> plan.store.leave(node.incarnation(), underWay), threads.io())
                    .get(plan.settings.lease().dividedBy(3).toNanos(), TimeUnit.NANOSECONDS);
        }
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
