package dev.nodoubt.jdbc;

import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.Usage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code nodoubt_horizon} and {@code nodoubt_usage}, and what becomes of old rows of {@code nodoubt_gate}. Stateless. */
record UpkeepTables(Dialect dialect) {

    /** No statement here may hold its locks for longer, but on H2; what it did not do is done by the next one. */
    private static final int STATEMENT_SECONDS = 30;

    private static final String HORIZON = "SELECT key_time, bodies_until, incarnation FROM nodoubt_horizon";

    // One node purges at a time. An execution reads the horizon without a lock.
    private static final String LOCK_HORIZON = "SELECT key_time FROM nodoubt_horizon FOR UPDATE";

    private static final String RAISE_HORIZON = "UPDATE nodoubt_horizon SET key_time = ? WHERE key_time < ?";

    private static final String RAISE_INCARNATION = "UPDATE nodoubt_horizon SET incarnation = incarnation + 1";

    private static final String RAISE_BODIES = "UPDATE nodoubt_horizon SET bodies_until = ? WHERE bodies_until < ?";

    private static final String FORGET = """
            UPDATE nodoubt_gate SET headers = '', media_type = NULL, body = NULL
             WHERE scope = ? AND idempotency_key = ? AND status IS NOT NULL
            """;

    // The newest key of the oldest rows, so that a batch is a range of the index.
    private static final String NEWEST_OF_BATCH = """
            SELECT max(key_time) FROM (
                SELECT key_time FROM nodoubt_gate WHERE key_time > ? AND key_time <= ? ORDER BY key_time LIMIT ?) AS oldest
            """;

    private static final String COUNT_BATCH = """
            SELECT scope, count(*), sum(CASE WHEN state = 'FENCED' THEN 1 ELSE 0 END)
              FROM nodoubt_gate WHERE key_time <= ? GROUP BY scope
            """;

    private static final String DELETE_BATCH = "DELETE FROM nodoubt_gate WHERE key_time <= ?";

    private static final String ERASE_BATCH = """
            UPDATE nodoubt_gate SET headers = '', media_type = NULL, body = NULL
             WHERE key_time > ? AND key_time <= ? AND status IS NOT NULL AND (body IS NOT NULL OR headers <> '')
            """;

    // Assigned from left to right on MySQL and MariaDB: neither column is read after it was written.
    private static final String ADD_USAGE = """
            UPDATE nodoubt_usage
               SET recorded = CASE WHEN recorded + ? < 0 THEN 0 ELSE recorded + ? END,
                   tombstones = CASE WHEN tombstones + ? < 0 THEN 0 ELSE tombstones + ? END
             WHERE scope = ?
            """;

    private static final String FIRST_USAGE =
            "INSERT INTO nodoubt_usage (scope, recorded, tombstones) VALUES (?, ?, ?)";

    private static final String FORGET_USAGE = "DELETE FROM nodoubt_usage WHERE recorded = 0 AND tombstones = 0";

    private static final String USAGE = "SELECT recorded, tombstones FROM nodoubt_usage WHERE scope = ?";

    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        if (dialect != Dialect.H2) { // which would keep the bound for the whole session, and give it to others
            statement.setQueryTimeout(STATEMENT_SECONDS);
        }
        return statement;
    }

    Instant now(Connection connection) throws SQLException {
        String question = switch (dialect) {
            case POSTGRESQL -> "SELECT clock_timestamp()";
            case MARIADB, MYSQL -> "SELECT utc_timestamp(6)";
            case H2 -> "SELECT current_timestamp";
        };
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(question)) {
            row.next();
            return time(row, 1);
        }
    }

    Horizon horizon(Connection connection) throws SQLException {
        try (PreparedStatement select = prepare(connection, HORIZON);
                ResultSet row = select.executeQuery()) {
            Instant keyTime = GateTable.horizon(row, dialect);
            return new Horizon(keyTime, time(row, 2), row.getLong(3));
        }
    }

    private Instant time(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(dialect.time(row, column), "a time that is never null");
    }

    boolean raiseHorizon(Connection transaction, Instant to) throws SQLException {
        return raise(transaction, RAISE_HORIZON, to);
    }

    boolean rewound(Connection transaction, Instant to) throws SQLException {
        try (PreparedStatement raise = prepare(transaction, RAISE_INCARNATION)) {
            raise.executeUpdate();
        }
        return raiseHorizon(transaction, to);
    }

    private boolean raise(Connection transaction, String sql, Instant to) throws SQLException {
        try (PreparedStatement raise = prepare(transaction, sql)) {
            dialect.bind(raise, 1, to);
            dialect.bind(raise, 2, to);
            return raise.executeUpdate() == 1;
        }
    }

    boolean forget(Connection connection, GateKey key) throws SQLException {
        try (PreparedStatement update = prepare(connection, FORGET)) {
            update.setString(1, key.scope());
            update.setString(2, key.key().value());
            return update.executeUpdate() == 1;
        }
    }

    int purge(Connection transaction, int batch) throws SQLException {
        Instant newest = newestOfBatch(transaction, Instant.EPOCH, lockHorizon(transaction), batch);
        if (newest == null) {
            return 0;
        }
        int deleted = 0;
        for (Map.Entry<String, Usage> counted : countBatch(transaction, newest).entrySet()) {
            Usage usage = counted.getValue();
            addUsage(transaction, counted.getKey(), new Usage(-usage.rows(), -usage.tombstones()));
            deleted += (int) usage.rows();
        }
        try (PreparedStatement delete = prepare(transaction, DELETE_BATCH)) {
            dialect.bind(delete, 1, newest);
            delete.executeUpdate();
        }
        try (PreparedStatement forget = prepare(transaction, FORGET_USAGE)) {
            forget.executeUpdate();
        }
        return deleted;
    }

    private Instant lockHorizon(Connection transaction) throws SQLException {
        try (PreparedStatement select = prepare(transaction, LOCK_HORIZON);
                ResultSet row = select.executeQuery()) {
            return GateTable.horizon(row, dialect);
        }
    }

    private @Nullable Instant newestOfBatch(Connection transaction, Instant from, Instant to, int batch)
            throws SQLException {
        try (PreparedStatement select = prepare(transaction, NEWEST_OF_BATCH)) {
            dialect.bind(select, 1, from);
            dialect.bind(select, 2, to);
            select.setInt(3, batch);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? dialect.time(row, 1) : null;
            }
        }
    }

    /** Sorted, so that two nodes that purge at once meet in one order. */
    private Map<String, Usage> countBatch(Connection transaction, Instant newest) throws SQLException {
        Map<String, Usage> counts = new TreeMap<>();
        try (PreparedStatement select = prepare(transaction, COUNT_BATCH)) {
            dialect.bind(select, 1, newest);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), new Usage(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return counts;
    }

    Instant eraseBodies(Connection transaction, Instant from, Instant to, int batch) throws SQLException {
        Instant newest = newestOfBatch(transaction, from, to, batch);
        if (newest != null) {
            try (PreparedStatement erase = prepare(transaction, ERASE_BATCH)) {
                dialect.bind(erase, 1, from);
                dialect.bind(erase, 2, newest);
                erase.executeUpdate();
            }
        }
        Instant done = newest == null ? to : newest;
        raise(transaction, RAISE_BODIES, done);
        return done;
    }

    Usage addUsage(Connection transaction, String scope, Usage change) throws SQLException {
        boolean changes = change.rows() != 0 || change.tombstones() != 0;
        if (changes && !update(transaction, scope, change)) {
            try (PreparedStatement insert = prepare(transaction, FIRST_USAGE)) {
                insert.setString(1, scope);
                insert.setLong(2, Math.max(0, change.rows()));
                insert.setLong(3, Math.max(0, change.tombstones()));
                insert.executeUpdate();
            }
        }
        try (PreparedStatement select = prepare(transaction, USAGE)) {
            select.setString(1, scope);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Usage(row.getLong(1), row.getLong(2)) : new Usage(0, 0);
            }
        }
    }

    private boolean update(Connection transaction, String scope, Usage change) throws SQLException {
        try (PreparedStatement update = prepare(transaction, ADD_USAGE)) {
            update.setLong(1, change.rows());
            update.setLong(2, change.rows());
            update.setLong(3, change.tombstones());
            update.setLong(4, change.tombstones());
            update.setString(5, scope);
            return update.executeUpdate() == 1;
        }
    }
}
