package dev.nodoubt.test;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Work;
import dev.nodoubt.test.GateRace.Said;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Gates that look right and are wrong, so that the race shows that it can find such. */
abstract sealed class WrongGate implements GateRace.Contestant {

    static final String TABLES = """
            CREATE TABLE IF NOT EXISTS wrong_without_unique (key text NOT NULL, state text NOT NULL);
            CREATE TABLE IF NOT EXISTS wrong_with_unique (key text PRIMARY KEY, state text NOT NULL);
            """;

    private final DataSource database;

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
        Said admit(Connection transaction, IdempotencyKey key, String state) throws SQLException {
            Said found = find(transaction, "SELECT state FROM wrong_without_unique WHERE key = ?", key);
            if (found == null) {
                update(transaction, "INSERT INTO wrong_without_unique VALUES (?, '" + state + "')", key);
            }
            return found;
        }

        @Override
        public Said query(IdempotencyKey key) {
            return Said.OPEN;
        }
    }

    /** Removes the tombstone with the first late request that it stopped: the second one executes. */
    static final class ConsumesTombstones extends WrongGate {

        ConsumesTombstones(DataSource database) {
            super(database);
        }

        @Override
        @Nullable
        Said admit(Connection transaction, IdempotencyKey key, String state) throws SQLException {
            String insert = "INSERT INTO wrong_with_unique VALUES (?, '" + state + "') ON CONFLICT DO NOTHING";
            if (update(transaction, insert, key) == 1) {
                return null;
            }
            Said found = find(transaction, "SELECT state FROM wrong_with_unique WHERE key = ?", key);
            if (found == Said.FENCED && state.equals("EXECUTED")) {
                update(transaction, "DELETE FROM wrong_with_unique WHERE key = ?", key);
                transaction.commit();
            }
            return found == null ? Said.OPEN : found;
        }

        @Override
        public Said query(IdempotencyKey key) {
            return Said.OPEN;
        }
    }

    /** Tries to take the key: null when it was taken, else what stands under it. */
    abstract @Nullable Said admit(Connection transaction, IdempotencyKey key, String state) throws SQLException;

    @Override
    public Said execute(IdempotencyKey key, Work work) throws SQLException {
        try (Connection transaction = begin()) {
            Said found = admit(transaction, key, "EXECUTED");
            if (found != null) {
                return found;
            }
            Reply reply;
            try {
                reply = work.run(transaction);
            } catch (Exception e) {
                return Said.NOT_EXECUTED;
            }
            if (reply.status() >= 400) {
                return Said.NOT_EXECUTED;
            }
            transaction.commit();
            return Said.EXECUTED;
        }
    }

    @Override
    public Said fence(IdempotencyKey key) throws SQLException {
        try (Connection transaction = begin()) {
            Said found = admit(transaction, key, "FENCED");
            if (found == null) {
                transaction.commit();
            }
            return found == null ? Said.FENCED : found;
        }
    }

    private Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
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

    static int update(Connection transaction, String sql, IdempotencyKey key) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setString(1, key.value());
            return update.executeUpdate();
        }
    }
}
