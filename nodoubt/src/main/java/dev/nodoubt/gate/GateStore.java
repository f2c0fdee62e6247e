package dev.nodoubt.gate;

import dev.nodoubt.Reply;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The gate's rows and its horizon (a port). It knows statements and error codes, the {@link Gate} knows their order.
 * Implementations are thread-safe.
 *
 * <p>What takes a {@link Connection} runs in the gate's open transaction; what does not runs on its own, at once, on the
 * primary, and sees everything that has committed before.
 */
public interface GateStore {

    /** The key's committed row, or null. */
    @Nullable
    GateRow read(GateKey key) throws SQLException;

    /** Whether a transaction holds the key at this instant; asked so that neither it nor other askers are disturbed. */
    boolean held(GateKey key) throws SQLException;

    /**
     * The persisted horizon.
     *
     * @throws SQLException also when its row is not there: without it nothing may execute
     */
    Horizon horizon() throws SQLException;

    /**
     * Takes the key: sees to the transaction's isolation, bounds the waits of the gate's own statements and the
     * transaction's length, inserts the row, reads the horizon and gives the lock wait back. In this order: the unique key
     * decides the race, and the horizon is read in a statement of its own that sees what had committed when the row stood.
     * The transaction's first statement.
     *
     * @throws SQLException of the fault {@link Fault#LOCK_WAIT} when the wait ran out: the transaction can only be rolled
     *     back
     */
    Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException;

    /**
     * Whether this transaction is still the one that inserted the key's row, or nothing of that one stands any more
     * because the database rolled it back; false when it was committed from inside. Asked once.
     */
    boolean owns(Connection transaction, GateKey key) throws SQLException;

    /**
     * Stores the reply in the key's row, if this transaction is still the one that inserted it.
     *
     * @return false when it is not: the handler ended the gate's transaction from inside
     */
    boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException;

    /**
     * Gives back to the session what {@link #enter} changed and the end of a transaction does not. Called after it,
     * however it ended, before each end of the transaction.
     */
    void release(Connection transaction) throws SQLException;

    /** What a failed statement or COMMIT means. */
    Fault fault(SQLException e);

    /**
     * Erases body and headers of the key's recorded reply; the key stays.
     *
     * @return false when no reply stands under the key
     */
    boolean forget(GateKey key) throws SQLException;

    /** The database's clock. */
    Instant now() throws SQLException;

    /** Raises the horizon, never lowers it. */
    void raiseHorizon(Instant to) throws SQLException;

    /** Raises the horizon to this time and the incarnation by one, in one transaction. */
    void rewound(Instant to) throws SQLException;

    /**
     * Deletes rows at or below the persisted horizon, oldest first, in one transaction, and takes them from their callers'
     * usage.
     *
     * @param batch the most to delete; more only when they have one time
     * @return how many were deleted; 0 when there are none
     */
    int purge(int batch) throws SQLException;

    /**
     * Erases the bodies and headers of replies to keys after {@code from} and up to {@code to}, oldest first, in one
     * transaction, and notes how far it came.
     *
     * @param batch the most rows to look at; more only when they have one time
     * @return how far it came: {@code to} when nothing is left
     */
    Instant eraseBodies(Instant from, Instant to, int batch) throws SQLException;

    /** Adds to a caller's usage and returns what it is then; never below zero. */
    Usage addUsage(String scope, Usage change) throws SQLException;

    /**
     * How a transaction takes a key.
     *
     * @param isolation of the transaction: under a stronger one than read committed its snapshot is too old for the horizon
     * @param keyWait how long to wait for another transaction that holds the key; zero to be told at once. Where the
     *     database's own lock wait is finer than that, {@code lockWait} counts
     * @param lockWait for each lock, at least 1 ms
     * @param length from now to the end of the transaction, at least 1 ms
     */
    record Bound(Isolation isolation, Duration keyWait, Duration lockWait, Duration length) {}

    /** What came of taking a key. */
    sealed interface Entry {

        /**
         * This transaction holds the key.
         *
         * @param horizon that refuses it, if its time is not after
         */
        record Inserted(Instant horizon) implements Entry {}

        /** A committed row is there already. */
        record Taken() implements Entry {}

        /** Another transaction, or for an instant a query, holds the key; this one may release, and ask once more. */
        record Held() implements Entry {}
    }

    /** The kinds of failure that the gate tells apart. */
    enum Fault {
        /** Rolled back for sure, because of another transaction: the same again may succeed. */
        CONFLICT,
        /** A lock wait ran out; the transaction can only be rolled back. */
        LOCK_WAIT,
        /** Rolled back for sure, by what this transaction did itself. */
        ROLLED_BACK,
        /** Anything else. Of a COMMIT nothing is known; any other statement's transaction cannot have committed. */
        OTHER
    }
}
