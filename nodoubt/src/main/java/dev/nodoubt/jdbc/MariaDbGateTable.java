package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore.Bound;
import dev.nodoubt.gate.GateStore.Entry;
import dev.nodoubt.gate.GateStore.Fault;
import dev.nodoubt.gate.Isolation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The gate's table on MariaDB, 10.6 or newer.
 *
 * <p>An insert that may not wait is its own probe: it fails at once when another transaction holds the key. A savepoint
 * after the insert tells at the end whether the transaction is still the same: ending it from inside ends its savepoints.
 */
record MariaDbGateTable() implements GateTable {

    // Read committed, so that asking about a key that is not there locks no gap in which another one may be inserted.
    private static final String NEXT_READS_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private static final String HELD =
            "SELECT 1 FROM nodoubt_gate WHERE scope = ? AND idempotency_key = ? LOCK IN SHARE MODE NOWAIT";

    // Whole seconds; a session that idles in its transaction for longer is ended. Kept in a variable of the session.
    private static final String BOUND =
            "SET @nodoubt_idle = @@idle_transaction_timeout, SESSION idle_transaction_timeout = ";

    private static final String RELEASE = "SET SESSION idle_transaction_timeout = @nodoubt_idle";

    // The error of a duplicate would repeat the key, and the driver logs every error: IGNORE makes it a count of zero.
    private static final String INSERT = """
            SET STATEMENT innodb_lock_wait_timeout = %d FOR
            INSERT IGNORE INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint,
                                      operation, reason, status, headers, media_type, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String HORIZON = "SELECT key_time FROM nodoubt_horizon";

    // A locking read sees what has committed, whatever the transaction's snapshot.
    private static final String HORIZON_NOW = """
            SET STATEMENT innodb_lock_wait_timeout = 1 FOR
            SELECT key_time FROM nodoubt_horizon LOCK IN SHARE MODE
            """;

    @Override
    public boolean held(Connection connection, GateKey key) throws SQLException {
        GateTable.run(connection, NEXT_READS_COMMITTED);
        try {
            GateTable.ask(connection, HELD, key.scope(), key.key().value());
            return false;
        } catch (SQLException e) {
            if (MySqlFaults.isLockWait(e)) {
                return true;
            }
            throw e;
        }
    }

    @Override
    public Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException {
        GateTable.run(transaction, BOUND + seconds(bound.length()));
        Entry refusal = insert(transaction, key, row, bound.keyWait());
        return refusal == null ? new Entry.Inserted(horizon(transaction, bound.isolation())) : refusal;
    }

    /** Null when the row stands. */
    private static @Nullable Entry insert(Connection transaction, GateKey key, GateRow row, Duration wait)
            throws SQLException {
        try {
            if (GateTable.insert(transaction, INSERT.formatted(seconds(wait)), key, row, Dialect.MARIADB) == 0) {
                return new Entry.Taken();
            }
        } catch (SQLException e) {
            if (wait.isZero() && MySqlFaults.isLockWait(e)) {
                return new Entry.Held();
            }
            throw e;
        }
        GateSavepoint.set(transaction);
        return null;
    }

    private static Instant horizon(Connection transaction, Isolation isolation) throws SQLException {
        String question = isolation == Isolation.READ_COMMITTED ? HORIZON : HORIZON_NOW;
        try (Statement select = transaction.createStatement();
                ResultSet row = select.executeQuery(question)) {
            return GateTable.horizon(row, Dialect.MARIADB);
        }
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) throws SQLException {
        return GateSavepoint.isOpenOrRolledBack(transaction, key);
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException {
        return GateSavepoint.isOpen(transaction) && GateTable.complete(transaction, COMPLETE_BY_KEY, key, reply) == 1;
    }

    @Override
    public void release(Connection transaction) throws SQLException {
        GateTable.run(transaction, RELEASE);
    }

    @Override
    public Fault fault(SQLException e) {
        return MySqlFaults.of(e);
    }

    /** Rounded up: zero stays "not at all". */
    private static long seconds(Duration duration) {
        return (duration.toMillis() + 999) / 1000;
    }
}
