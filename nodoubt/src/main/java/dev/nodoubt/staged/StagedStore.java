package dev.nodoubt.staged;

import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of intents (a port). {@link #record} joins the caller's transaction, each other method is a short transaction
 * of its own that has committed when it returns. All times are the database's. Implementations are thread-safe.
 *
 * <p>Each method throws a {@link StagedStoreException} when the database does not do it.
 */
public interface StagedStore {

    /**
     * Records an intent as waiting and due.
     *
     * @throws StagedStoreException when one of this id is recorded already; the transaction stays usable
     */
    void record(Connection transaction, Intent intent);

    /**
     * Takes the intent of this kind that is due the longest and commits it as sending. One that is found in sending is an
     * attempt whose lease ran out and whose end nobody knows: a doubt more.
     *
     * @param token a new one, by which the attempt's end is recorded
     * @param lease after which somebody else may take it over
     * @param policy whether intents in doubt are repeated
     * @param held intents whose attempts this process still knows about: never taken over, however late they are
     */
    Optional<Claim> claim(String kind, UUID token, Duration lease, StagedPolicy policy, Collection<UUID> held);

    /**
     * Undoes a claim of which certainly no byte was sent; nothing happens when none stands under this token. The intent
     * is in doubt when it was, else waiting.
     *
     * @param after when it is due again: one that cannot even be read must not stand before all others
     */
    void giveBack(String kind, UUID token, Duration after);

    /**
     * Records an attempt's end.
     *
     * @return false when the claim's token does not hold the intent any more
     */
    boolean complete(Claim claim, NextStep next);

    /**
     * Puts what is in doubt, or was left in sending by a dead worker, aside for a person.
     *
     * @param held as for {@link #claim}
     * @return how many
     */
    int park(String kind, Collection<UUID> held);

    /** What is known of this scope's intent; empty when there is none of this id, or it was purged. */
    Optional<IntentStatus> find(String scope, UUID id);

    /**
     * Makes a waiting intent withdrawn, and waits for a worker that is claiming it at this instant.
     *
     * @return the state in which it stands now: never waiting, and in doubt instead of sending when the lease ran out;
     *     empty as for {@link #find}
     */
    Optional<IntentState> withdraw(String scope, UUID id);

    /**
     * Deletes intents whose state became final longer ago than this, with their payloads.
     *
     * @param limit how many at the most
     * @return how many
     */
    int purge(String kind, Duration retention, int limit);
}
