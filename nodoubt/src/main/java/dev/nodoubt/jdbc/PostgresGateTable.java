package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore.Entry;
import dev.nodoubt.gate.GateStore.Fault;
import dev.nodoubt.gate.Isolation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The gate's table on PostgreSQL, 14 or newer. */
record PostgresGateTable() implements GateTable {

    // Hashed within the hash of the scope: no separator to forge, and a seed of its own among the application's locks.
    // Two keys with one hash meet now and then: one of them hears "in progress" and comes again.
    private static final String HELD =
            "SELECT NOT pg_try_advisory_xact_lock_shared(hashtextextended(?, hashtextextended(?, 7074694913)))";

    private static final String HOLD =
            "SELECT pg_try_advisory_xact_lock(hashtextextended(?, hashtextextended(?, 7074694913)))";

    // The lock wait that stands is read in a step that is over before the new one is set.
    // Before version 17 there is no bound on a transaction's length: the idle time within it is the nearest.
    private static final String BOUND = """
            WITH before AS MATERIALIZED (
              SELECT current_setting('lock_timeout') AS lock_wait,
                     CASE WHEN current_setting('server_version_num')::int >= 170000
                          THEN 'transaction_timeout'
                          ELSE 'idle_in_transaction_session_timeout' END AS length)
            SELECT lock_wait, set_config('lock_timeout', ?, true), set_config(length, ?, true)
              FROM before
            """;

    private static final String HORIZON =
            "SELECT h.key_time, set_config('lock_timeout', ?, true) FROM nodoubt_horizon h";

    // A snapshot of the transaction's beginning may be older than the row that was purged after it: locking the
    // horizon's
    // row fails when it changed since, and the transaction begins anew.
    // The lock wait is given back after the lock was got.
    private static final String HORIZON_NOW = """
            WITH h AS MATERIALIZED (SELECT key_time FROM nodoubt_horizon FOR SHARE)
            SELECT key_time, set_config('lock_timeout', ?, true) FROM h
            """;

    private static final String INSERT = """
            INSERT INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint,
                                      operation, reason, status, headers, media_type, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (scope, idempotency_key) DO NOTHING
            """;

    private static final String OWNS = """
            SELECT EXISTS (SELECT FROM nodoubt_gate
                            WHERE scope = ? AND idempotency_key = ?
                              AND transaction_id = pg_current_xact_id_if_assigned())
            """;

    private static final String COMPLETE = """
            UPDATE nodoubt_gate
               SET status = ?, headers = ?, media_type = ?, body = ?
             WHERE scope = ? AND idempotency_key = ? AND transaction_id = pg_current_xact_id_if_assigned()
            """;

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String COMPLETION_UNKNOWN = "40003";
    private static final String ABORTED_TRANSACTION =
            "25P02"; // the driver's state for "COMMIT was answered by ROLLBACK"

    @Override
    public boolean held(Connection connection, GateKey key) throws SQLException {
        return GateTable.ask(connection, HELD, key.key().value(), key.scope());
    }

    @Override
    public String bound(Connection transaction, Duration lockWait, Duration length) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(BOUND)) {
            select.setString(1, lockWait.toMillis() + "ms");
            select.setString(2, length.toMillis() + "ms");
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Without a wait the key's advisory lock is asked first, which answers at once. */
    @Override
    public Entry insert(Connection transaction, GateKey key, GateRow row, Duration wait) throws SQLException {
        if (wait.isZero() && !GateTable.ask(transaction, HOLD, key.key().value(), key.scope())) {
            return Entry.HELD;
        }
        return GateTable.insert(transaction, INSERT, key, row, Dialect.POSTGRESQL) == 1 ? Entry.INSERTED : Entry.TAKEN;
    }

    @Override
    public Instant horizon(Connection transaction, String before, Isolation isolation) throws SQLException {
        String question = isolation == Isolation.READ_COMMITTED ? HORIZON : HORIZON_NOW;
        try (PreparedStatement select = transaction.prepareStatement(question)) {
            select.setString(1, before);
            try (ResultSet row = select.executeQuery()) {
                return GateTable.horizon(row, Dialect.POSTGRESQL);
            }
        }
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) throws SQLException {
        return GateTable.ask(transaction, OWNS, key.scope(), key.key().value());
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException {
        return GateTable.complete(transaction, COMPLETE, key, reply) == 1;
    }

    @Override
    public void release(Connection transaction, String before) {
        // What was set was set for the transaction only.
    }

    @Override
    public Fault fault(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.equals(COMPLETION_UNKNOWN)) {
            return Fault.OTHER;
        }
        if (CONFLICTS.contains(state)) {
            return Fault.CONFLICT;
        }
        if (state.equals(LOCK_NOT_AVAILABLE)) {
            return Fault.LOCK_WAIT;
        }
        boolean rolledBack = state.startsWith("23") || state.startsWith("40") || state.equals(ABORTED_TRANSACTION);
        return rolledBack ? Fault.ROLLED_BACK : Fault.OTHER;
    }
}
