package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Trace;
import dev.nodoubt.Watch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where an application records its calls. Thread-safe.
 *
 * <p>{@link #send} writes one row through the caller's own connection and never manages its transaction: the call exists
 * if and only if that transaction commits, and nothing is sent before.
 */
public final class Outbox {

    private final CallStore store;
    private final Relay relay;
    private final CallObserver observer;

    Outbox(CallStore store, Relay relay, CallObserver observer) {
        this.store = store;
        this.relay = relay;
        this.observer = observer;
    }

    /**
     * Records a call in this transaction.
     *
     * @param transaction an open transaction on the database of the call store
     * @return a handle, whose {@code committed} makes delivery begin at once; without it a scan finds the call within
     *     about a second
     * @throws IllegalArgumentException when no such target or outcome handler is configured
     * @throws IllegalStateException when the connection is in autocommit mode: there is no transaction to join
     * @throws CallStoreException when the call could not be recorded, also because its key is recorded already; roll the
     *     transaction back: on PostgreSQL even its commit is a rollback, of which the driver says nothing
     */
    public Recorded send(Connection transaction, Call call) {
        Target target = relay.requireLane(call.request().target()).target();
        String handler = call.labels().handler();
        if (handler != null) {
            relay.requireHandler(handler);
        }
        requireTransaction(transaction, call);
        Watch<CallStore.Recording> watch = observer.recording(call);
        try {
            Trace trace = call.trace() == null ? watch.trace() : call.trace();
            Recorded recorded = record(transaction, call, target, trace);
            watch.ended(recorded.recording);
            return recorded;
        } catch (RuntimeException | Error e) {
            watch.failed(e);
            throw e;
        }
    }

    private Recorded record(Connection transaction, Call call, Target target, @Nullable Trace trace) {
        Instant now = relay.now();
        Call.Timing timing = call.timing();
        Terms terms =
                new Terms(call.labels(), timing.backoff(), target.capability().atMostOnce());
        Progress born = Progress.born(now.plus(timing.delay()), now.plus(timing.deadline()));
        OpenCall open = new OpenCall(call.key(), call.request(), terms, born, null, trace);
        long holder = relay.holder(); // before the scans are counted: a relay that is started anew counts anew
        long scans = relay.scans();
        return new Recorded(open, store.record(transaction, open, timing, holder), scans);
    }

    private static void requireTransaction(Connection transaction, Call call) {
        try {
            if (transaction.getAutoCommit()) {
                throw new IllegalStateException(call + " was not recorded: the connection is in autocommit mode, so"
                        + " there is no transaction to join; begin the business transaction first");
            }
        } catch (SQLException e) {
            throw new CallStoreException(call + " was not recorded: " + e.getMessage(), e);
        }
    }

    /** What is known of a call; empty when none was recorded under this key, or it was purged. */
    public Optional<RecordedCall> find(IdempotencyKey key) {
        return store.find(key);
    }

    /**
     * Asks that a call be given up: one that was never possibly sent becomes <em>never</em> at once, else it is fenced.
     * The wish is durable when this returns; the outcome may still be that it was executed. It is the application's own and
     * not audited: what an operator wants goes through a {@link Desk}.
     *
     * @return where the call stands now, empty when there is no such call
     */
    public Optional<CallState> cancel(IdempotencyKey key) {
        if (store.cancel(key)) {
            relay.wake();
        }
        return store.find(key).map(RecordedCall::state);
    }

    /** The first call recorded with this business key, settled or not; empty when there is none, or it was purged. */
    public Optional<RecordedCall> find(String target, String operation, String businessKey) {
        return store.find(target, operation, businessKey);
    }

    /** Recorded calls that match, newest first, a page at a time. */
    public List<RecordedCall> search(CallQuery query) {
        return store.search(query);
    }

    /** What is kept of a call's attempts, the first one first: those that tell something. */
    public List<AttemptRecord> attempts(IdempotencyKey key) {
        return store.attempts(key);
    }

    /**
     * Settles an unresolved call by hand, with its outcome handler, in one transaction. The evidence is kept with the call;
     * {@code nodoubt_audit} gets no entry: what an operator does goes through {@link Desk#settle}, which writes one.
     *
     * @param outcome a {@code never} must be {@link Outcome.Why#BY_HAND}: a person has evidence, and none of the proofs
     * @param evidence who says so and why, 1 to 1,000 characters; kept with the call
     * @return false when there is no unresolved call under this key, because none was ever recorded, it can still be
     *     resolved by asking, or it is settled
     * @throws IllegalArgumentException when the evidence is missing, a {@code never} claims a proof, or the call's handler
     *     is not configured here
     */
    public boolean settle(IdempotencyKey key, Outcome outcome, String evidence) {
        if (evidence.isBlank() || evidence.length() > 1_000) {
            throw new IllegalArgumentException(
                    "settle by hand: evidence must have 1 to 1000 characters, had " + evidence.length());
        }
        if (outcome instanceof Outcome.Never never && never.why() != Outcome.Why.BY_HAND) {
            throw new IllegalArgumentException("settle by hand: why of a never must be BY_HAND, was " + never.why()
                    + ", which only an attempt can prove");
        }
        Optional<RecordedCall> call = store.find(key);
        if (call.isEmpty() || call.get().state() != CallState.UNRESOLVED) {
            return false;
        }
        String handler = call.get().labels().handler();
        boolean settled = store.settle(key, outcome, evidence, handler == null ? null : relay.requireHandler(handler));
        if (settled) {
            relay.wake();
        }
        return settled;
    }

    /** Lets the calls of an order key go on that stopped after a call's end; false when they did not stop. */
    public boolean resumeOrder(String target, String orderKey) {
        boolean resumed = store.resumeOrder(target, orderKey);
        if (resumed) {
            relay.wake();
        }
        return resumed;
    }

    /** A recorded call whose transaction has not ended yet. Forgetting to say how it ended costs time, never a call. */
    public final class Recorded {
        private final OpenCall call;
        private final CallStore.Recording recording;
        private final long scansBefore;
        private final AtomicBoolean handedOver = new AtomicBoolean();
        private volatile boolean certain;

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

        /**
         * Says that the transaction commits next and that nothing more is done in it. Optional; it saves {@link #committed}
         * its look. After a statement that failed, PostgreSQL answers the commit with a rollback, of which nobody hears
         * where the statement's exception was swallowed. Its driver knows that before, and is asked here; the database is
         * not. What no driver knows is that the call's row was undone by hand, by a rollback or to a savepoint, and that
         * the transaction went on: say {@link #rolledBack} then.
         *
         * @param transaction the one in which the call was recorded
         * @throws CallStoreException when the commit would be a rollback; roll the transaction back
         */
        public void beforeCommit(Connection transaction) {
            certain = false;
            certain = store.commitKeeps(transaction);
        }

        /**
         * The transaction committed: delivery begins. Saying it late or twice is harmless. Unless {@link #beforeCommit}
         * made sure of it, the call is looked for in the store before it is sent.
         */
        public void committed() {
            if (handedOver.compareAndSet(false, true) && !recording.earlier()) {
                relay.handOver(new HandOvers.Committed(call, recording.holder(), scansBefore, certain));
            }
        }

        /**
         * Waits for the call's outcome, outside any transaction. With an open breaker, a paused target or no free permit
         * it returns at once, and as soon as the breaker opens, the target is paused or the call becomes unresolved
         * meanwhile; what has not settled then, or within the bound, goes on in the background.
         *
         * @param bound more than zero, at most an hour
         * @throws IllegalStateException when {@link #committed} was not called: the call would wait for the transaction
         *     that waits for it
         */
        public Awaited await(Duration bound) throws InterruptedException {
            if (!handedOver.get()) {
                throw new IllegalStateException(
                        call.key() + " cannot be waited for before its transaction has committed:"
                                + " commit, say committed(), then wait");
            }
            if (bound.isNegative() || bound.isZero() || bound.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("await: bound must be > 0 and at most PT1H, was " + bound);
            }
            String reason = "no outcome within " + bound.toMillis() + " ms";
            String target = call.request().target();
            CompletableFuture<String> end = relay.await(target, key());
            try {
                reason = end.get(bound.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                relay.forget(target, key(), end);
            }
            return awaited(store.find(key()).orElse(null), reason);
        }

        private static Awaited awaited(@Nullable RecordedCall found, String reason) {
            if (found == null) {
                return new Awaited.Open(CallState.WAITING, "it is not recorded: its transaction did not commit");
            }
            RecordedCall.Settled settled = found.settled();
            return settled == null ? new Awaited.Open(found.state(), reason) : new Awaited.Known(settled.outcome());
        }

        /** The transaction rolled back: there is no call. */
        public void rolledBack() {
            // nothing is held for a call before its commit
        }
    }
}
