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
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The gate's table on PostgreSQL, 14 or newer. */
record PostgresGateTable() implements GateTable {

    // Hashed within the hash of the scope: no separator to forge, and a seed of its own among the application's locks.
    // Two keys with one hash meet now and then: one of them hears "in progress" and comes again.
    private static final String HELD =
            "SELECT NOT pg_try_advisory_xact_lock_shared(hashtextextended(?, hashtextextended(?, 7074694913)))";

    // What follows one after the other without a question in between goes to the server in one piece: each trip costs
    // both sides more than the statement that makes it. They stay statements of their own: under read committed each
    // one sees what has committed before it began.

    // For this transaction only: the session's default stays, so nothing has to be given back to the pool.
    private static final String LEVEL = "SET TRANSACTION ISOLATION LEVEL %s, READ WRITE;\n";

    // The parts run in the order in which they need each other: the lock wait that stands is noted, then the new one is
    // set, then the key is held, unless the insert is to wait for who holds it, and then the row is inserted.
    // Before version 17 there is no bound on a transaction's length: the idle time within it is the nearest.
    private static final String INSERT = """
            WITH before AS MATERIALIZED (
              SELECT current_setting('lock_timeout') AS lock_wait,
                     CASE WHEN current_setting('server_version_num')::int >= 170000
                          THEN 'transaction_timeout'
                          ELSE 'idle_in_transaction_session_timeout' END AS length),
            bound AS MATERIALIZED (
              SELECT set_config('nodoubt.lock_wait', lock_wait, true),
                     set_config('lock_timeout', ?, true),
                     set_config(length, ?, true)
                FROM before),
            hold AS MATERIALIZED (
              SELECT CASE WHEN ? THEN true
                          ELSE pg_try_advisory_xact_lock(hashtextextended(?, hashtextextended(?, 7074694913)))
                     END AS free
                FROM bound),
            inserted AS (
              INSERT INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version,
                                        fingerprint, operation, reason, status, headers, media_type, body)
              SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM hold WHERE free
              ON CONFLICT (scope, idempotency_key) DO NOTHING
              RETURNING 1)
            SELECT free, EXISTS (SELECT FROM inserted) FROM hold;
            """;

    private static final String HORIZON = """
            SELECT h.key_time, set_config('lock_timeout', current_setting('nodoubt.lock_wait'), true)
              FROM nodoubt_horizon h
            """;

    // A snapshot of the transaction's beginning may be older than the row that was purged after it: locking the
    // horizon's row fails when it changed since, and the transaction begins anew. The lock wait is given back after the
    // lock was got.
    private static final String HORIZON_NOW = """
            WITH h AS MATERIALIZED (SELECT key_time FROM nodoubt_horizon FOR SHARE)
            SELECT h.key_time, set_config('lock_timeout', current_setting('nodoubt.lock_wait'), true) FROM h
            """;

    private static final Map<Isolation, String> ENTER = Map.of(
            Isolation.READ_COMMITTED, LEVEL.formatted("READ COMMITTED") + INSERT + HORIZON,
            Isolation.REPEATABLE_READ, LEVEL.formatted("REPEATABLE READ") + INSERT + HORIZON_NOW,
            Isolation.SERIALIZABLE, LEVEL.formatted("SERIALIZABLE") + INSERT + HORIZON_NOW);

    private static final int FIRST_OF_ROW = 6;

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
    private static final String ABORTED_TRANSACTION = "25P02"; // a statement after one that failed

    @Override
    public boolean held(Connection connection, GateKey key) throws SQLException {
        return GateTable.ask(connection, HELD, key.key().value(), key.scope());
    }

    @Override
    public Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException {
        String statements = Objects.requireNonNull(ENTER.get(bound.isolation()));
        try (PreparedStatement enter = transaction.prepareStatement(statements)) {
            enter.setString(1, bound.lockWait().toMillis() + "ms");
            enter.setString(2, bound.length().toMillis() + "ms");
            enter.setBoolean(3, !bound.keyWait().isZero());
            enter.setString(4, key.key().value());
            enter.setString(5, key.scope());
            GateRows.bind(key, row, enter, FIRST_OF_ROW, Dialect.POSTGRESQL);
            enter.execute(); // The isolation level has no result.
            enter.getMoreResults();
            return entry(enter);
        }
    }

    private static Entry entry(PreparedStatement enter) throws SQLException {
        try (ResultSet row = enter.getResultSet()) {
            row.next();
            if (!row.getBoolean(1)) {
                return new Entry.Held();
            }
            if (!row.getBoolean(2)) {
                return new Entry.Taken();
            }
        }
        enter.getMoreResults();
        try (ResultSet row = enter.getResultSet()) {
            return new Entry.Inserted(GateTable.horizon(row, Dialect.POSTGRESQL));
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
    public void release(Connection transaction) {
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
