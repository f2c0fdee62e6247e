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
        Call.Timing timing = call.timing();
        Terms terms = new Terms(
                call.labels(), timing.backoff(), relay.marksStart(call.request().target()));
        Progress born = Progress.born(now.plus(timing.delay()), now.plus(timing.deadline()));
        OpenCall open = new OpenCall(call.key(), call.request(), terms, born, null);
        long scans = relay.scans();
        return new Recorded(open, store.record(transaction, open, timing, relay.incarnation()), scans);
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
        private final CallStore.Recording recording;
        private final long scansBefore;
        private final AtomicBoolean handedOver = new AtomicBoolean();

        private Recorded(OpenCall call, CallStore.Recording recording, long scansBefore) {
            this.call = call;
            this.recording = recording;
            this.scansBefore = scansBefore;
        }

        /** The call's key: an earlier call's, where that has the business key. */
        public IdempotencyKey key() {
            return recording.key();
        }

        /** Whether an earlier call has the business key, so that nothing was recorded now. */
        public boolean isEarlier() {
            return recording.earlier();
        }

        /** The transaction committed: delivery begins. Saying it late or twice is harmless. */
        public void committed() {
            if (handedOver.compareAndSet(false, true) && !recording.earlier()) {
                relay.handOver(call, recording.holder(), scansBefore);
            }
        }

        /** The transaction rolled back: there is no call. */
        public void rolledBack() {
            // nothing is held for a call before its commit
        }
    }
}
