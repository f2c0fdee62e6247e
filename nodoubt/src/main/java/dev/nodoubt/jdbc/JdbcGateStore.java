package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The gate's rows on PostgreSQL, 14 or newer. Thread-safe.
 *
 * <p>The data source leads to the primary; reads outside the gate's transactions take a connection from it for a
 * statement or two in autocommit, and never while the gate holds another.
 */
public final class JdbcGateStore implements GateStore {

    private static final String READ = """
            SELECT state, fingerprint_version, fingerprint, operation, reason, recorded_at,
                   status, headers, media_type, body
              FROM nodoubt_gate
             WHERE scope = ? AND idempotency_key = ?
            """;

    // Hashed within the hash of the scope: no separator to forge, and a seed of its own among the application's locks.
    // Two keys with one hash meet now and then: one of them hears "in progress" and comes again.
    private static final String HOLD =
            "SELECT pg_try_advisory_xact_lock(hashtextextended(?, hashtextextended(?, 7074694913)))";

    private static final String HOLD_SHARED =
            "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(?, hashtextextended(?, 7074694913)))";

    private static final String HORIZON = "SELECT key_time FROM nodoubt_horizon";

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

    private static final String HORIZON_AND_LOCK_WAIT =
            "SELECT set_config('lock_timeout', ?, true), (SELECT key_time FROM nodoubt_horizon)";

    private static final String INSERT = """
            INSERT INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint,
                                      operation, reason, status, headers, media_type, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (scope, idempotency_key) DO NOTHING
            """;

    private static final String OWNS = """
            SELECT EXISTS (SELECT FROM nodoubt_gate
                            WHERE scope = ? AND idempotency_key = ? AND transaction_id = pg_current_xact_id_if_assigned())
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

    private final DataSource primary;

    /** A store over the primary: the same database as the handlers' effects, which the gate's transactions write. */
    public JdbcGateStore(DataSource primary) {
        this.primary = primary;
    }

    @Override
    public @Nullable GateRow read(GateKey key) throws SQLException {
        try (Connection connection = autocommit();
                PreparedStatement select = connection.prepareStatement(READ)) {
            select.setString(1, key.scope());
            select.setString(2, key.key().value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? GateRows.read(rows) : null;
            }
        }
    }

    @Override
    public boolean held(GateKey key) throws SQLException {
        try (Connection connection = autocommit()) {
            return !askTrue(connection, HOLD_SHARED, key.key().value(), key.scope());
        }
    }

    @Override
    public @Nullable Instant horizon() throws SQLException {
        try (Connection connection = autocommit();
                PreparedStatement select = connection.prepareStatement(HORIZON);
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? instant(rows, 1) : null;
        }
    }

    @Override
    public String bound(Connection transaction, Duration lockWait, Duration length) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(BOUND)) {
            select.setString(1, lockWait.toMillis() + "ms");
            select.setString(2, length.toMillis() + "ms");
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    @Override
    public boolean hold(Connection transaction, GateKey key) throws SQLException {
        return askTrue(transaction, HOLD, key.key().value(), key.scope());
    }

    @Override
    public boolean insert(Connection transaction, GateKey key, Instant time, GateRow row) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT)) {
            insert.setString(1, key.scope());
            insert.setString(2, key.key().value());
            insert.setObject(3, time.atOffset(ZoneOffset.UTC));
            GateRows.bind(row, insert, 4);
            return insert.executeUpdate() == 1;
        }
    }

    @Override
    public @Nullable Instant horizon(Connection transaction, String lockWait) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(HORIZON_AND_LOCK_WAIT)) {
            select.setString(1, lockWait);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return instant(rows, 2);
            }
        }
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) throws SQLException {
        return askTrue(transaction, OWNS, key.scope(), key.key().value());
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(COMPLETE)) {
            int next = ReplyColumns.of(reply).bind(update, 1);
            update.setString(next, key.scope());
            update.setString(next + 1, key.key().value());
            return update.executeUpdate() == 1;
        }
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

    private Connection autocommit() throws SQLException {
        Connection connection = primary.getConnection();
        try {
            connection.setAutoCommit(true);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean askTrue(Connection connection, String question, String first, String second)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(question)) {
            select.setString(1, first);
            select.setString(2, second);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    static @Nullable Instant instant(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
