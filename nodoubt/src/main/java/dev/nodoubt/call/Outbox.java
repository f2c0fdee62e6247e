package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where an application records its calls. Thread-safe.
 *
 * <p>{@link #send} writes one row through the caller's own connection and never manages its transaction: the call exists
 * if and only if that transaction commits, and nothing is sent before.
 */
public final class Outbox {

    private final CallStore store;
    private final Relay relay;

    Outbox(CallStore store, Relay relay) {
        this.store = store;
        this.relay = relay;
    }

    /**
     * Records a call in this transaction.
     *
     * @param transaction an open transaction on the database of the call store
     * @return a handle, whose {@code committed} makes delivery begin at once; without it a scan finds the call within
     *     about a second
     * @throws IllegalArgumentException when no such target is configured
     * @throws IllegalStateException when the connection is in autocommit mode: there is no transaction to join
     * @throws CallStoreException when the call could not be recorded
     */
    public Recorded send(Connection transaction, Call call) {
        relay.requireTarget(call.request().target());
        requireTransaction(transaction, call);
        Instant now = relay.now();
        OpenCall open = new OpenCall(call.key(), call.request(), Progress.born(now, now.plus(call.deadline())));
        long holder = relay.incarnation();
        long scans = relay.scans();
        store.record(transaction, open, call.deadline(), holder);
        return new Recorded(open, holder, scans);
    }

    private static void requireTransaction(Connection transaction, Call call) {
        try {
            if (transaction.getAutoCommit()) {
                throw new IllegalStateException(call + " was not recorded: the connection is in autocommit mode, so"
                        + " there is no transaction to join; begin the business transaction first");
            }
        } catch (java.sql.SQLException e) {
            throw new CallStoreException(call + " was not recorded: " + e.getMessage(), e);
        }
    }

    /** What is known of a call; empty when none was recorded under this key, or it was purged. */
    public Optional<RecordedCall> find(IdempotencyKey key) {
        return store.find(key);
    }

    /**
     * Asks that a call be given up: one that was never possibly sent becomes <em>never</em> at once, else it is fenced.
     * The wish is durable when this returns; the outcome may still be that it was executed.
     *
     * @return where the call stands now, empty when there is no such call
     */
    public Optional<CallState> cancel(IdempotencyKey key) {
        if (store.cancel(key)) {
            relay.wake();
        }
        return store.find(key).map(RecordedCall::state);
    }

    /** A recorded call whose transaction has not ended yet. Forgetting to say how it ended costs time, never a call. */
    public final class Recorded {
        private final OpenCall call;
        private final long holder;
        private final long scansBefore;
        private final AtomicBoolean handedOver = new AtomicBoolean();

        private Recorded(OpenCall call, long holder, long scansBefore) {
            this.call = call;
            this.holder = holder;
            this.scansBefore = scansBefore;
        }

        public IdempotencyKey key() {
            return call.key();
        }

        /** The transaction committed: delivery begins. Saying it late or twice is harmless. */
        public void committed() {
            if (handedOver.compareAndSet(false, true)) {
                relay.handOver(call, holder, scansBefore);
            }
        }

        /** The transaction rolled back: there is no call. */
        public void rolledBack() {
            // nothing is held for a call before its commit
        }
    }
}
