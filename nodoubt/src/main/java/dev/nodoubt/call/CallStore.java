package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where calls are recorded and settled (a port). Times are those of the store's own clock. Every method but {@link
 * #record} runs in a transaction of its own, and throws {@link CallStoreException} when the store cannot be used.
 * Implementations are thread-safe.
 */
public interface CallStore {

    /** The holder of rows that nobody holds: any relay may take them, with what is known of them. */
    long NOBODY = 0;

    /**
     * Records a call in the caller's transaction, held by this incarnation from birth.
     *
     * @throws CallStoreException when the key is recorded already (the transaction stays usable), or on any fault
     */
    void record(Connection transaction, OpenCall call, Duration deadline, long holder);

    /** Begins a new incarnation of a node, with a lease from now on. */
    Lease join(String node, Duration lease);

    /** Renews the lease; empty when another node has ended this incarnation. */
    Optional<Lease> renew(long incarnation, Duration lease);

    /**
     * Ends incarnations whose lease ran out and takes over their calls as possibly sent; calls of incarnations that left
     * in good order, and calls that nobody holds, as they are.
     *
     * @return how many rows were taken over, at most {@code limit}
     */
    int takeOver(long incarnation, Set<String> targets, int limit);

    /** Calls of this incarnation and target that are due, oldest first, without those in {@code known}. */
    List<OpenCall> due(long incarnation, String target, Collection<IdempotencyKey> known, int limit);

    /** Which of these calls somebody wants to be given up. */
    Set<IdempotencyKey> cancelled(long incarnation);

    /** Writes outcomes and progress in one transaction; returns the keys of those rows that were still held. */
    Set<IdempotencyKey> write(List<Settlement> settlements, List<Deferral> deferrals);

    /**
     * Ends this incarnation in good order: another relay takes its calls over as they are, but these, whose attempts are
     * still under way or not written, as possibly sent.
     */
    void leave(long incarnation, Collection<IdempotencyKey> underWay);

    /** Records the wish to give up; false when the call is not open. */
    boolean cancel(IdempotencyKey key);

    Optional<RecordedCall> find(IdempotencyKey key);

    /**
     * A node's lease.
     *
     * @param incarnation greater than zero, never used twice
     * @param now the store's time when the lease was given
     */
    record Lease(long incarnation, Instant now) {}
}
