package dev.nodoubt.test;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Work;
import dev.nodoubt.test.GateRace.Said;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Gates that look right and are wrong, so that the race shows that it can find such. */
abstract sealed class WrongGate implements GateRace.Contestant {

    static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS wrong_without_unique (race_key varchar(64) NOT NULL, state varchar(8) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS wrong_with_unique (race_key varchar(64) PRIMARY KEY, state varchar(8) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS wrong_lease"
                    + " (race_key varchar(64) PRIMARY KEY, state varchar(8) NOT NULL, until_nanos bigint NOT NULL)");

    final DataSource database;

    WrongGate(DataSource database) {
        this.database = database;
    }

    /** Looks whether the key is new, and inserts its row afterwards: two that look at once are both first. */
    static final class LooksFirst extends WrongGate {

        LooksFirst(DataSource database) {
            super(database);
        }

        @Override
        @Nullable
        Said admit(Connection transaction, IdempotencyKey key, Said state) throws SQLException {
            Said found = find(transaction, "SELECT state FROM wrong_without_unique WHERE race_key = ?", key);
            if (found == null) {
                update(transaction, "INSERT INTO wrong_without_unique VALUES (?, '" + state + "')", key);
            }
            return found;
        }
    }

    /** Removes the tombstone with the first late request that it stopped: the second one executes. */
    static final class ConsumesTombstones extends WrongGate {

        ConsumesTombstones(DataSource database) {
            super(database);
        }

        @Override
        @Nullable
        Said admit(Connection transaction, IdempotencyKey key, Said state) throws SQLException {
            if (insert(transaction, "INSERT INTO wrong_with_unique VALUES (?, '" + state + "')", key)) {
                return null;
            }
            Said found = find(transaction, "SELECT state FROM wrong_with_unique WHERE race_key = ?", key);
            if (found == Said.FENCED && state == Said.EXECUTED) {
                update(transaction, "DELETE FROM wrong_with_unique WHERE race_key = ?", key);
                transaction.commit();
            }
            return found == null ? Said.OPEN : found;
        }
    }

    /** Holds the key by a lease, committed before the handler runs: when it ends first, the next one runs beside it. */
    static final class HoldsByLease extends WrongGate {

        private static final long LEASE_NANOS = 100_000;
        private static final String TAKE_OVER = """
                UPDATE wrong_lease SET state = '%s', until_nanos = %d
                 WHERE race_key = ? AND state = 'OPEN' AND until_nanos < %d
                """;

        HoldsByLease(DataSource database) {
            super(database);
        }

        @Override
        @Nullable
        Said admit(Connection transaction, IdempotencyKey key, Said state) throws SQLException {
            long now = System.nanoTime();
            Said held = state == Said.EXECUTED ? Said.OPEN : state;
            boolean taken = insert(
                            transaction,
                            "INSERT INTO wrong_lease VALUES (?, '" + held + "', " + (now + LEASE_NANOS) + ")",
                            key)
                    || update(transaction, TAKE_OVER.formatted(held, now + LEASE_NANOS, now), key) == 1;
            if (!taken) {
                return find(transaction, "SELECT state FROM wrong_lease WHERE race_key = ?", key);
            }
            transaction.commit();
            return null;
        }

        @Override
        void finish(Connection transaction, IdempotencyKey key) throws SQLException {
            update(transaction, "UPDATE wrong_lease SET state = 'EXECUTED' WHERE race_key = ?", key);
        }
    }

    /** What is still to be written when the handler has succeeded. */
    void finish(Connection transaction, IdempotencyKey key) throws SQLException {
        // nothing, unless a gate says otherwise
    }

    /** Tries to take the key: null when it was taken, else what stands under it. */
    abstract @Nullable Said admit(Connection transaction, IdempotencyKey key, Said state) throws SQLException;

    /** A deadlock, or a lock wait that ran out, is answered as nothing for sure. */
    private @Nullable Said tryAdmit(Connection transaction, IdempotencyKey key, Said state) throws SQLException {
        try {
            return admit(transaction, key, state);
        } catch (SQLTransientException e) {
            return Said.OPEN;
        }
    }

    @Override
    public Said query(IdempotencyKey key) {
        return Said.OPEN;
    }

    @Override
    public Said execute(IdempotencyKey key, Work work) throws SQLException {
        try (Connection transaction = begin()) {
            Said found = tryAdmit(transaction, key, Said.EXECUTED);
            if (found != null) {
                return found;
            }
            Reply reply;
            try {
                reply = work.run(transaction);
            } catch (Exception e) {
                return rolledBack(transaction);
            }
            if (reply.status() >= 400) {
                return rolledBack(transaction);
            }
            finish(transaction, key);
            transaction.commit();
            return Said.EXECUTED;
        }
    }

    private static Said rolledBack(Connection transaction) {
        try {
            transaction.rollback();
        } catch (SQLException e) {
            return Said.NOT_EXECUTED; // the session is gone, and its transaction with it
        }
        return Said.NOT_EXECUTED;
    }

    @Override
    public Said fence(IdempotencyKey key) throws SQLException {
        try (Connection transaction = begin()) {
            Said found = tryAdmit(transaction, key, Said.FENCED);
            if (found == null) {
                transaction.commit();
            }
            return found == null ? Said.FENCED : found;
        }
    }

    private Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return connection;
    }

    static @Nullable Said find(Connection transaction, String sql, IdempotencyKey key) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, key.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Said.valueOf(rows.getString(1)) : null;
            }
        }
    }

    /** Whether the row was not there. */
    static boolean insert(Connection transaction, String sql, IdempotencyKey key) throws SQLException {
        Savepoint before = transaction.setSavepoint();
        try {
            update(transaction, sql, key);
            return true;
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                throw e;
            }
            transaction.rollback(before);
            return false;
        }
    }

    static int update(Connection transaction, String sql, IdempotencyKey key) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setString(1, key.value());
            return update.executeUpdate();
        }
    }
}
