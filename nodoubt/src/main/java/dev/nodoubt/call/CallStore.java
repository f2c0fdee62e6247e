package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where calls are recorded and settled (a port). Times are those of the store's own clock. Every method but {@link
 * #record} and {@link #commitKeeps} runs in a transaction of its own, and throws {@link CallStoreException} when the store
 * cannot be used. Implementations are thread-safe.
 */
public interface CallStore {

    /** The holder of rows that nobody holds: any relay may take them, with what is known of them. */
    long NOBODY = 0;

    /**
     * Records a call in the caller's transaction, held by this incarnation from birth, unless an earlier call of its order
     * key is open or stopped: then nobody holds it until that one's end hands it over.
     *
     * @throws CallStoreException when the key is recorded already, or on any fault; whether the transaction can then go on
     *     is the database's to say: on PostgreSQL its commit is a rollback
     */
    Recording record(Connection transaction, OpenCall call, Call.Timing timing, long holder);

    /**
     * Whether the commit of this transaction, when it comes next, keeps what was written in it. The database is not asked:
     * only the driver, which does not always know.
     *
     * @return false when that is not known
     * @throws CallStoreException when the commit is known to be a rollback
     */
    boolean commitKeeps(Connection transaction);

    /** Which of these calls are recorded and not settled. */
    Set<IdempotencyKey> openOf(Collection<IdempotencyKey> keys);

    /** Begins a new incarnation of a node, with a lease from now on. */
    Lease join(String node, Duration lease);

    /** Renews the lease; empty when another node has ended this incarnation. */
    Optional<Lease> renew(long incarnation, Duration lease);

    /**
     * Ends incarnations whose lease ran out and takes over their calls: those that wait and do not mark their starts as
     * possibly sent since they were recorded; calls of incarnations that left in good order, calls that nobody holds, and
     * calls behind another one whose deadline has passed or that were cancelled, as they are. Leaves what {@code known}
     * does not name.
     *
     * @return how many rows were taken over, at most {@code limit}
     */
    int takeOver(long incarnation, Known known, int limit);

    /** What a call says last whose recorded bytes are not those that its row has now. */
    String DAMAGED = "the recorded bytes do not match their SHA-256";

    /**
     * Calls of this incarnation and target that are due, the highest priority and then the oldest first. One whose bytes
     * are damaged is in doubt, and comes as unresolved with {@link #DAMAGED} until it is written as such. A row that this
     * version cannot read is left out and left alone.
     */
    List<OpenCall> due(long incarnation, Wish wish);

    /** Which of these calls somebody wants to be given up. */
    Set<IdempotencyKey> cancelled(long incarnation);

    /**
     * Writes outcomes, progress, known outcomes and evidence in one transaction. The end of a call hands the next one of
     * its order key over to the same holder, unless it is one of those after which the order stops.
     *
     * @return the keys of those rows that were still held
     */
    Set<IdempotencyKey> write(Batch batch);

    /**
     * Commits that these calls are being sent, before the first byte of any of them leaves.
     *
     * @return the keys of those rows that were still held and that nobody wants to be given up: only they may be sent
     */
    Set<IdempotencyKey> begin(List<Deferral> sending);

    /**
     * Settles calls and runs their handler for each, in one transaction.
     *
     * @return the keys of those rows that were still held
     * @throws HandlerException when the handler threw, or its transaction could not commit because of what it did; nothing
     *     was settled
     */
    Set<IdempotencyKey> settle(List<Settlement> settlements, OutcomeHandler handler, Set<CallState> stopOn);

    /**
     * Settles an unresolved call by hand, with its handler, whoever holds it.
     *
     * @param evidence who says so, and why
     * @return false when there is no unresolved call under this key
     */
    boolean settle(IdempotencyKey key, Outcome outcome, String evidence, @Nullable OutcomeHandler handler);

    /**
     * Ends this incarnation in good order: another relay takes its calls over as they are, but these, whose attempts are
     * still under way or not written, as possibly sent.
     */
    void leave(long incarnation, Collection<IdempotencyKey> underWay);

    /** Records the wish to give up; false when the call is not open. */
    boolean cancel(IdempotencyKey key);

    /** Lets an order that stopped go on with its next call; false when it did not stop. */
    boolean resumeOrder(String target, String orderKey);

    Optional<RecordedCall> find(IdempotencyKey key);

    /** The first call that was recorded with this business key, settled or not. */
    Optional<RecordedCall> find(String target, String operation, String businessKey);

    List<RecordedCall> search(CallQuery query);

    /** What is kept of a call's attempts, the first one first. */
    List<AttemptRecord> attempts(IdempotencyKey key);

    /** Tells the other nodes that nothing is to be attempted at this target for so long; zero ends it. */
    void holdOff(String target, Duration time);

    /** Until when nothing is to be attempted at each target, for those where that is not over. */
    Map<String, Instant> heldOff();

    /**
     * What operators want now, a bounded number of wishes at a time. A wish stays until it is done or its call has ended. A
     * call that is wanted and not held in memory becomes due, so that it is read; where it is to be asked about, only one
     * that was possibly sent.
     */
    Demands demands(long incarnation, Heard heard);

    /** Of which of these calls an operator wants the next step at once, and whether that is to be a query. */
    Map<IdempotencyKey, Boolean> hurried(Collection<IdempotencyKey> keys);

    /**
     * Deletes what is past its retention, at most {@code batch} rows of each table.
     *
     * @return how many rows went
     */
    int purge(Retention retention, int batch);

    /**
     * A node's lease.
     *
     * @param incarnation greater than zero, never used twice
     * @param now the store's time when the lease was given
     */
    record Lease(long incarnation, Instant now) {}

    /**
     * How a call was recorded.
     *
     * @param key the recorded call's: an earlier one's where its business key was taken
     * @param holder who holds it; {@link #NOBODY} of an earlier call and of one that waits for its turn
     * @param earlier whether an earlier call has the business key, so that nothing was recorded
     */
    record Recording(IdempotencyKey key, long holder, boolean earlier) {}

    /**
     * What a node can work on.
     *
     * @param targets names of its targets
     * @param handlers names of its handlers
     * @param heldOff those of its targets at which nothing may be attempted now, paused ones included: of these only calls that are given up
     */
    record Known(Set<String> targets, Set<String> handlers, Set<String> heldOff) {}

    /**
     * What operators want, whatever a relay would do by itself.
     *
     * @param paused targets at which nothing may be attempted
     * @param hurried calls of this incarnation whose next step is due now, and whether that is to be a query
     * @param end the key after which there may be more wishes; null when all were read
     */
    record Demands(
            Set<String> paused,
            Map<IdempotencyKey, Boolean> hurried,
            @Nullable IdempotencyKey end) {}

    /**
     * What a relay knows of operators' wishes.
     *
     * @param done wishes whose step was taken: they go
     * @param held keys of the calls in memory
     * @param after the {@link Demands#end} of the page before; null from the first wish
     */
    record Heard(
            Map<IdempotencyKey, Boolean> done,
            Set<IdempotencyKey> held,
            @Nullable IdempotencyKey after) {}

    /**
     * What a lane asks a scan for.
     *
     * @param target configured name
     * @param held keys that need not be read again
     * @param wanted which calls
     * @param since only calls that became due then or later, where nothing but a backlog is read on; null for all
     * @param limit the most rows
     */
    record Wish(
            String target,
            Collection<IdempotencyKey> held,
            Wanted wanted,
            @Nullable Instant since,
            int limit) {}

    /** Which due calls a lane wants. */
    enum Wanted {
        /** All: attempts may begin. */
        ALL,
        /** Those that are settled without asking: that wait and are given up, and whose handler has not committed. */
        ENDED,
        /** Those, and those that wait and whose deadline has passed: a store may have to read all that wait. */
        ENDED_OR_LATE
    }

    /**
     * What is written in one transaction.
     *
     * @param settlements outcomes of calls without a handler
     * @param deferrals progress
     * @param postponements outcomes whose handler failed
     * @param attempts evidence
     * @param stopOn by target, after which ends of a call its order stops
     */
    record Batch(
            List<Settlement> settlements,
            List<Deferral> deferrals,
            List<Postponement> postponements,
            List<AttemptRecord> attempts,
            Map<String, Set<CallState>> stopOn) {}

    /**
     * How long what is kept.
     *
     * @param settled settled calls, with their labels and attempts, counted from their outcome; 30 days by default
     * @param businessKeys for how long a business key names its call, counted from its recording and not before that call
     *     is settled; 30 days by default
     * @param audit what operators did, counted from when they did it; 365 days by default
     */
    record Retention(Duration settled, Duration businessKeys, Duration audit) {
        public static final Retention DEFAULT = new Retention(Duration.ofDays(30), Duration.ofDays(30));

        public Retention {
            require(settled, "settled");
            require(businessKeys, "businessKeys");
            require(audit, "audit");
        }

        /** With the audit kept as by default. */
        public Retention(Duration settled, Duration businessKeys) {
            this(settled, businessKeys, Duration.ofDays(365));
        }

        private static void require(Duration time, String property) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("retention: " + property + " must be > 0, was " + time);
            }
        }
    }

    /** An outcome handler threw; the transaction was rolled back. */
    final class HandlerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public HandlerException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
