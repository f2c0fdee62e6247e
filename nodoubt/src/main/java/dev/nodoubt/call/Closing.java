package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a relay: no more attempts, a bounded wait for those under way, and the rest is left to other nodes. */
final class Closing {

    private static final Logger log = LoggerFactory.getLogger(Closing.class);

    private final CallStore store;
    private final Node node;
    private final Loop loop;
    private final Collection<Lane> lanes;
    private final Supplier<Set<IdempotencyKey>> pending;

    /** @param pending the calls of which something is not written yet */
    Closing(CallStore store, Node node, Loop loop, Collection<Lane> lanes, Supplier<Set<IdempotencyKey>> pending) {
        this.store = store;
        this.node = node;
        this.loop = loop;
        this.lanes = lanes;
        this.pending = pending;
    }

    /** Returns when nothing is under way any more, and not much later than after this time. */
    void within(Duration bound) {
        CompletableFuture<Set<IdempotencyKey>> quiet = new CompletableFuture<>();
        loop.execute(() -> {
            lanes.forEach(Lane::closing);
            awaitQuiet(quiet, loop.nanoTime() + bound.toNanos());
        });
        try {
            Set<IdempotencyKey> underWay = quiet.get(bound.toMillis() + 5_000, TimeUnit.MILLISECONDS);
            if (node.incarnation() != CallStore.NOBODY) {
                store.leave(node.incarnation(), underWay);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("the relay ends without leaving in order ({}); its calls wait for its lease to run out", e, e);
        }
    }

    private void awaitQuiet(CompletableFuture<Set<IdempotencyKey>> quiet, long until) {
        Set<IdempotencyKey> underWay = new HashSet<>(pending.get());
        boolean still = lanes.stream().allMatch(Lane::isQuiet) && underWay.isEmpty();
        if (still || loop.nanoTime() >= until) {
            lanes.forEach(lane -> underWay.addAll(lane.underWay()));
            quiet.complete(underWay);
        } else {
            loop.schedule(Duration.ofMillis(20), () -> awaitQuiet(quiet, until));
        }
    }
}
