package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore.Bound;
import dev.nodoubt.gate.GateStore.Entry;
import dev.nodoubt.gate.GateStore.Fault;
import dev.nodoubt.gate.Isolation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The gate's table on H2, 2.4 or newer, for development: it bounds no transaction's length.
 *
 * <p>An insert with a short lock wait is its own probe. The transaction's number, kept in a variable of the session, tells
 * at the end whether the transaction is still the same.
 */
record H2GateTable() implements GateTable {

    /** Of an insert that may not wait. */
    private static final long PROBE_MILLIS = 5;

    /** Of a query, whose own probe holds the key against others for an instant. */
    private static final long QUERY_MILLIS = 50;

    /** The probes of this process go one by one: a probe holds the key, and would look like an execution to another. */
    private static final Object PROBING = new Object();

    private static final String NOTE_LOCK_WAIT = "SET @nodoubt_lock_wait = lock_timeout()";
    private static final String GIVE_BACK_LOCK_WAIT = "SET LOCK_TIMEOUT @nodoubt_lock_wait";
    private static final String SET_LOCK_WAIT = "SET LOCK_TIMEOUT ";

    // Rolled back at once: H2 shows nobody the row that another transaction is inserting.
    private static final String PROBE = """
            INSERT INTO nodoubt_gate (scope, idempotency_key, recorded_at, state) VALUES (?, ?, current_timestamp, 'FENCED')
            """;

    private static final String INSERT = """
            INSERT INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint,
                                      operation, reason, status, headers, media_type, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String NOTE_TRANSACTION = "SET @nodoubt_transaction = transaction_id()";

    private static final String OPEN = "SELECT COALESCE(@nodoubt_transaction = transaction_id(), false)";

    private static final String HORIZON = "SELECT key_time FROM nodoubt_horizon";

    // A locking read sees what has committed, whatever the transaction's snapshot; such executions run one by one here.
    private static final String HORIZON_NOW = "SELECT key_time FROM nodoubt_horizon FOR UPDATE";

    private static final int DUPLICATE_KEY = 23505;
    private static final String SERIALIZATION_FAILURE = "40001"; // of a deadlock, too
    private static final int LOCK_TIMEOUT = 50200;
    private static final int CONCURRENT_UPDATE = 90131;

    @Override
    public boolean held(Connection connection, GateKey key) throws SQLException {
        synchronized (PROBING) {
            return probe(connection, key);
        }
    }

    private static boolean probe(Connection connection, GateKey key) throws SQLException {
        GateTable.run(connection, NOTE_LOCK_WAIT);
        connection.setAutoCommit(false);
        try (PreparedStatement probe = connection.prepareStatement(PROBE)) {
            GateTable.run(connection, SET_LOCK_WAIT + QUERY_MILLIS);
            probe.setString(1, key.scope());
            probe.setString(2, key.key().value());
            probe.executeUpdate();
            return false;
        } catch (SQLException e) {
            if (isHeld(e)) {
                return true;
            }
            if (e.getErrorCode() == DUPLICATE_KEY) {
                return false;
            }
            throw e;
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            GateTable.run(connection, GIVE_BACK_LOCK_WAIT);
        }
    }

    @Override
    public Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException {
        GateTable.run(transaction, NOTE_LOCK_WAIT);
        Entry refusal = insert(transaction, key, row, bound.keyWait());
        return refusal == null ? new Entry.Inserted(horizon(transaction, bound.isolation())) : refusal;
    }

    /** Null when the row stands. */
    private static @Nullable Entry insert(Connection transaction, GateKey key, GateRow row, Duration wait)
            throws SQLException {
        GateTable.run(transaction, SET_LOCK_WAIT + Math.max(PROBE_MILLIS, wait.toMillis()));
        try {
            GateTable.insert(transaction, INSERT, key, row, Dialect.H2);
        } catch (SQLException e) {
            if (e.getErrorCode() == DUPLICATE_KEY) {
                return new Entry.Taken();
            }
            if (wait.isZero() && isHeld(e)) {
                return new Entry.Held();
            }
            throw e;
        }
        GateTable.run(transaction, NOTE_TRANSACTION);
        return null;
    }

    private static Instant horizon(Connection transaction, Isolation isolation) throws SQLException {
        String question = isolation == Isolation.READ_COMMITTED ? HORIZON : HORIZON_NOW;
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery(question)) {
            Instant horizon = GateTable.horizon(row, Dialect.H2);
            GateTable.run(transaction, GIVE_BACK_LOCK_WAIT);
            return horizon;
        }
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) throws SQLException {
        return isOpen(transaction) || GateTable.isRolledBack(transaction, key);
    }

    private static boolean isOpen(Connection transaction) throws SQLException {
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery(OPEN)) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException {
        return isOpen(transaction) && GateTable.complete(transaction, COMPLETE_BY_KEY, key, reply) == 1;
    }

    @Override
    public void release(Connection transaction) throws SQLException {
        GateTable.run(transaction, GIVE_BACK_LOCK_WAIT);
    }

    private static boolean isHeld(SQLException e) {
        return e.getErrorCode() == LOCK_TIMEOUT || e.getErrorCode() == CONCURRENT_UPDATE;
    }

    @Override
    public Fault fault(SQLException e) {
        String state = e.getSQLState();
        if (SERIALIZATION_FAILURE.equals(state) || e.getErrorCode() == CONCURRENT_UPDATE) {
            return Fault.CONFLICT;
        }
        if (e.getErrorCode() == LOCK_TIMEOUT) {
            return Fault.LOCK_WAIT;
        }
        return state != null && state.startsWith("23") ? Fault.ROLLED_BACK : Fault.OTHER;
    }
}
