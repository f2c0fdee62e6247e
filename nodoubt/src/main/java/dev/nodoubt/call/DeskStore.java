package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.AuditEntry.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operators' {@link Desk} reads and writes in the tables of a {@link CallStore} (a port). Every method runs in a
 * transaction of its own, reads bounded many rows, and throws {@link CallStoreException} when the store cannot be used.
 * What does something writes its {@link AuditEntry} in the same transaction. Implementations are thread-safe.
 */
public interface DeskStore {

    Overview overview(Duration settledWithin);

    CallPage search(CallFilter filter);

    Optional<CallDetail> detail(IdempotencyKey key);

    /** @param doubtFor how long a call has been in doubt that needs attention */
    Attention attention(Duration doubtFor);

    /** The newest incarnations first, at most 200. */
    List<NodeStatus> nodes();

    /** The targets that are paused, by name. */
    List<TargetPause> pauses();

    List<AuditEntry> audit(AuditQuery query);

    /** Makes the next step of an open call due now, for whoever holds it. */
    Deed attempt(IdempotencyKey key, Operator by);

    /** As {@link #attempt}, and that step is a query. */
    Deed ask(IdempotencyKey key, Operator by);

    /**
     * Records the wish to give up a call that is certainly not sent, so that no fence follows. Under the lock of its row it
     * must be waiting, and its holder must hear of this before an attempt begins: the call marks its starts, nobody holds
     * it, or its holder lives and either the call is neither due within {@code unheard} nor before its holder's lease ends,
     * and nobody wants its next step at once, or its target has been paused for twice that time and twice what is left of
     * that lease. Else {@code NOT_POSSIBLE}: an attempt may be under way at this moment.
     *
     * @param unheard how long a node may go on without hearing of anything: its lease
     */
    Deed cancel(IdempotencyKey key, Duration unheard, Operator by);

    /** Records the wish to give up: {@code CANCEL} of a call that was never possibly sent, else {@code FENCE}. */
    Deed giveUp(IdempotencyKey key, Operator by);

    /**
     * Settles an unresolved call by hand, with its handler, whoever holds it.
     *
     * @throws CallStore.HandlerException when the handler threw; nothing was settled
     */
    Deed settle(IdempotencyKey key, Outcome outcome, Operator by, @Nullable OutcomeHandler handler);

    /** What {@link CallDetail} hides; empty when there is no such call. */
    Optional<CallDetail.Revealed> reveal(IdempotencyKey key, Operator by);

    Deed pause(String target, Operator by);

    /** @param halted whether a halt ends with it, so that something is done also where nobody had paused the target */
    Deed resume(String target, boolean halted, Operator by);

    /**
     * What is asked of the audit, newest first.
     *
     * @param actor null for any
     * @param action null for any
     * @param before only entries with a lower id: the last one of the page before; null from the newest
     * @param limit of the page, 1 to 1,000
     */
    record AuditQuery(
            @Nullable String actor,
            @Nullable Action action,
            @Nullable Long before,
            int limit) {

        /** The newest hundred entries. */
        public static final AuditQuery NEWEST = new AuditQuery(null, null, null, 100);

        public AuditQuery {
            if (limit < 1 || limit > 1_000) {
                throw new IllegalArgumentException("audit: limit must be 1 to 1000, was " + limit);
            }
        }

        public AuditQuery by(String wanted) {
            return new AuditQuery(wanted, action, before, limit);
        }

        public AuditQuery of(AuditEntry.Action wanted) {
            return new AuditQuery(actor, wanted, before, limit);
        }

        /** The page after the one that ends with this entry. */
        public AuditQuery after(AuditEntry last) {
            return new AuditQuery(actor, action, last.id(), limit);
        }

        public AuditQuery limit(int most) {
            return new AuditQuery(actor, action, before, most);
        }
    }
}
