package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore.Bound;
import dev.nodoubt.gate.GateStore.Entry;
import dev.nodoubt.gate.GateStore.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/**
 * What the databases do each in their own way to {@code nodoubt_gate}: who holds a key, and how a transaction takes it.
 * The methods are those of {@link dev.nodoubt.gate.GateStore}. Stateless.
 */
sealed interface GateTable permits H2GateTable, MariaDbGateTable, MySqlGateTable, PostgresGateTable {

    /** For databases that know the transaction otherwise than by its row. */
    String COMPLETE_BY_KEY = """
            UPDATE nodoubt_gate
               SET status = ?, headers = ?, media_type = ?, body = ?
             WHERE scope = ? AND idempotency_key = ?
            """;

    /** In autocommit. */
    boolean held(Connection connection, GateKey key) throws SQLException;

    Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException;

    boolean owns(Connection transaction, GateKey key) throws SQLException;

    boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException;

    void release(Connection transaction) throws SQLException;

    Fault fault(SQLException e);

    static GateTable of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresGateTable();
            case MARIADB -> new MariaDbGateTable();
            case MYSQL -> new MySqlGateTable();
            case H2 -> new H2GateTable();
        };
    }

    /** Runs a statement without a result. */
    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether a question about two texts is answered with true. */
    static boolean ask(Connection connection, String question, String first, String second) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(question)) {
            select.setString(1, first);
            select.setString(2, second);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The horizon's time in the first column; its row is always there, and without it nothing may execute. */
    static Instant horizon(ResultSet row, Dialect dialect) throws SQLException {
        Instant time = row.next() ? dialect.time(row, 1) : null;
        if (time == null) {
            throw new SQLException(
                    "nodoubt_horizon has no row: somebody deleted it; restore it with a key_time of now");
        }
        return time;
    }

    /**
     * Whether no row stands under the key. Where the database ends a transaction by itself, after a deadlock, a handler
     * is in a new one, in which nothing of the old one stands: that is a rollback, too. A row that stands was committed
     * from inside.
     */
    static boolean isRolledBack(Connection transaction, GateKey key) throws SQLException {
        return !ask(
                transaction,
                "SELECT 1 FROM nodoubt_gate WHERE scope = ? AND idempotency_key = ?",
                key.scope(),
                key.key().value());
    }

    /** Inserts the row. */
    static int insert(Connection transaction, String sql, GateKey key, GateRow row, Dialect dialect)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            GateRows.bind(key, row, insert, 1, dialect);
            return insert.executeUpdate();
        }
    }

    /** Binds the reply's columns, then scope and key. */
    static int complete(Connection transaction, String sql, GateKey key, Reply reply) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            int next = ReplyColumns.of(reply).bind(update, 1);
            update.setString(next, key.scope());
            update.setString(next + 1, key.key().value());
            return update.executeUpdate();
        }
    }
}
