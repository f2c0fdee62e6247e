package dev.nodoubt.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among the nodes of the store: its incarnation, its lease and the store's clock. The lease is judged by
 * the monotonic clock. Read from any thread, renewed by one.
 */
final class Node {

    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private final CallStore store;
    private final String name;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private volatile @Nullable Standing standing;

    /** A lease, and the monotonic times before it was asked for and from when on it counts. */
    private record Standing(CallStore.Lease lease, long askedAt, long since) {}

    Node(CallStore store, String name, Duration lease, LongSupplier nanoTime) {
        this.store = store;
        this.name = name;
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /** A third of the lease has passed. */
    boolean needsRenewal() {
        return !outlasts(lease.multipliedBy(2).dividedBy(3));
    }

    /**
     * Joins or renews; true when the incarnation is a new one, so that nothing held before is held any more.
     *
     * @param heardAt when it was asked last what operators want: the lease counts from then, so that no attempt begins by
     *     it that a cancel of since then relies on
     */
    boolean renew(long heardAt) {
        Standing before = standing;
        long askedAt = nanoTime.getAsLong();
        Optional<CallStore.Lease> renewed =
                before == null ? Optional.empty() : store.renew(before.lease.incarnation(), lease);
        CallStore.Lease now = renewed.orElseGet(() -> store.join(name, lease));
        standing = new Standing(now, askedAt, heardAt);
        if (renewed.isEmpty()) {
            log.info(
                    "node {} is incarnation {}{}",
                    name,
                    now.incarnation(),
                    before == null ? "" : "; another node had ended " + before.lease.incarnation());
        }
        return renewed.isEmpty();
    }

    /** The newest one; nobody when this node never joined. */
    long incarnation() {
        Standing s = standing;
        return s == null ? CallStore.NOBODY : s.lease.incarnation();
    }

    /** Whether the lease outlasts this time. */
    boolean outlasts(Duration time) {
        Standing s = standing;
        return s != null && nanoTime.getAsLong() - s.since + time.toNanos() < lease.toNanos();
    }

    RelayStatus status() {
        Standing s = standing;
        Duration left = s == null ? Duration.ZERO : lease.minusNanos(nanoTime.getAsLong() - s.since);
        return new RelayStatus(name, incarnation(), left.isNegative() ? Duration.ZERO : left);
    }

    /** The store's time, carried on by the monotonic clock since the last renewal. */
    Instant now() {
        Standing s = standing;
        return s == null ? Instant.now() : s.lease.now().plusNanos(nanoTime.getAsLong() - s.askedAt);
    }
}
