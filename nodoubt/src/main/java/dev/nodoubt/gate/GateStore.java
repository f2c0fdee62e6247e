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

    /** The persisted horizon, or null while nothing was ever purged. */
    @Nullable
    Instant horizon() throws SQLException;

    /**
     * Bounds the waits of the gate's own statements, and the transaction's length.
     *
     * @param lockWait for each lock, at least 1 ms
     * @param length from now to the end of the transaction, at least 1 ms
     * @return the lock wait that stood before, for {@link #horizon(Connection, String)} to give back
     */
    String bound(Connection transaction, Duration lockWait, Duration length) throws SQLException;

    /** Tries to hold the key until this transaction ends, without waiting: false when another transaction holds it. */
    boolean hold(Connection transaction, GateKey key) throws SQLException;

    /**
     * Inserts the key's row, waiting for another transaction that is inserting it. The unique key decides the race.
     *
     * @param time the key's time, by which the row is purged one day
     * @return false when a committed row is there already
     */
    boolean insert(Connection transaction, GateKey key, Instant time, GateRow row) throws SQLException;

    /**
     * The persisted horizon, or null, in a statement of its own: called after {@link #insert}, never before. Gives the
     * lock wait back on the same way.
     *
     * @param lockWait what {@link #bound} returned
     */
    @Nullable
    Instant horizon(Connection transaction, String lockWait) throws SQLException;

    /** Whether this transaction is still the one that inserted the key's row. */
    boolean owns(Connection transaction, GateKey key) throws SQLException;

    /**
     * Stores the reply in the key's row, if this transaction is still the one that inserted it.
     *
     * @return false when it is not: the handler ended the gate's transaction from inside
     */
    boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException;

    /** What a failed statement or COMMIT means. */
    Fault fault(SQLException e);

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
