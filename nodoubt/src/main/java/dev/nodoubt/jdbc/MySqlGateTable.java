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
 * The gate's table on MySQL, 8.0.17 or newer.
 *
 * <p>An insert cannot be told not to wait here, so a locking read asks before it; of two that pass it at once, one waits
 * for the other as long as the lock wait lasts, whose least is a second. A savepoint after the insert tells at the end
 * whether the transaction is still the same: ending it from inside ends its savepoints.
 */
record MySqlGateTable() implements GateTable {

    // Read committed, so that asking about a key that is not there locks no gap in which another one may be inserted.
    private static final String NEXT_READS_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    private static final String HELD =
            "SELECT 1 FROM nodoubt_gate WHERE scope = ? AND idempotency_key = ? FOR SHARE NOWAIT";

    private static final String HOLD =
            "SELECT 1 FROM nodoubt_gate WHERE scope = ? AND idempotency_key = ? FOR UPDATE NOWAIT";

    // Whole seconds. MySQL has no bound on an idle transaction but the one on an idle session.
    private static final String BOUND = """
            SET @nodoubt_wait = @@innodb_lock_wait_timeout, @nodoubt_idle = @@wait_timeout,
                SESSION innodb_lock_wait_timeout = %d, SESSION wait_timeout = %d
            """;

    private static final String GIVE_BACK_LOCK_WAIT = "SET SESSION innodb_lock_wait_timeout = @nodoubt_wait";

    private static final String RELEASE = """
            SET SESSION innodb_lock_wait_timeout = @nodoubt_wait, SESSION wait_timeout = @nodoubt_idle
            """;

    // The error of a duplicate would repeat the key, which no log should: IGNORE makes it a count of zero.
    private static final String INSERT = """
            INSERT IGNORE INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint,
                                      operation, reason, status, headers, media_type, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String HORIZON = "SELECT key_time FROM nodoubt_horizon";

    // A locking read sees what has committed, whatever the transaction's snapshot.
    private static final String HORIZON_NOW = "SELECT key_time FROM nodoubt_horizon FOR SHARE";

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
        GateTable.run(transaction, BOUND.formatted(Math.max(1, seconds(bound.lockWait())), seconds(bound.length())));
        Entry refusal = insert(transaction, key, row, bound.keyWait());
        return refusal == null ? new Entry.Inserted(horizon(transaction, bound.isolation())) : refusal;
    }

    /** Null when the row stands. */
    private static @Nullable Entry insert(Connection transaction, GateKey key, GateRow row, Duration wait)
            throws SQLException {
        try {
            if (wait.isZero()
                    && GateTable.ask(transaction, HOLD, key.scope(), key.key().value())) {
                return new Entry.Taken();
            }
            if (GateTable.insert(transaction, INSERT, key, row, Dialect.MYSQL) == 0) {
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
            Instant horizon = GateTable.horizon(row, Dialect.MYSQL);
            GateTable.run(transaction, GIVE_BACK_LOCK_WAIT);
            return horizon;
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

    private static long seconds(Duration duration) {
        return (duration.toMillis() + 999) / 1000;
    }
}
