package dev.nodoubt.jdbc;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Lookup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Reads in one row what became of a call: a request row whose status flag the receiver sets in its own transaction, or a
 * log row that it writes there. Thread-safe.
 *
 * <p>What it tells is as true as that row: the flag or the log must commit together with the effect, and be read where it
 * was written, not on a replica. No row is {@link Answer.Absent}, which proves nothing: a request may still be on its way.
 */
public final class JdbcLookup implements Lookup {

    /** How long the query may take by default. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    private final DataSource dataSource;
    private final String sql;
    private final RowReader reader;
    private final Duration timeout;

    /** What one row says of its call. */
    @FunctionalInterface
    public interface RowReader {

        /** @param row stands on the row; must not be moved or closed */
        AttemptResult read(ResultSet row) throws SQLException;
    }

    /**
     * A lookup by SQL, with {@link #TIMEOUT}.
     *
     * @param dataSource of the database that holds the row
     * @param sql a query whose one parameter is the call's key, a UUID on PostgreSQL and H2 and its text elsewhere; where
     *     the column has another type, the query casts. Its first row decides, so it orders what may be several
     * @param reader what a row says
     */
    public JdbcLookup(DataSource dataSource, String sql, RowReader reader) {
        this(dataSource, sql, reader, TIMEOUT);
    }

    private JdbcLookup(DataSource dataSource, String sql, RowReader reader, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "lookup: timeout must be > 0 and at most " + LONGEST_TIMEOUT + ", was " + timeout);
        }
        this.dataSource = dataSource;
        this.sql = sql;
        this.reader = reader;
        this.timeout = timeout;
    }

    /**
     * Reads a status flag, the row's first column as text. Any other word, and none, is <em>absent</em>: the receiver has
     * not set it (yet). A flag keeps no reply, so the outcome's is 200 or 422 with a body that was not kept.
     *
     * @param executedWords at least one; what the receiver sets when it has done it
     * @param rejectedWords what it sets when it refused for good; may be empty
     */
    public static JdbcLookup flag(
            DataSource dataSource, String sql, Set<String> executedWords, Set<String> rejectedWords) {
        Set<String> executed = Set.copyOf(executedWords);
        Set<String> rejected = Set.copyOf(rejectedWords);
        if (executed.isEmpty() || rejected.stream().anyMatch(executed::contains)) {
            throw new IllegalArgumentException(
                    "lookup: executedWords must have a word, and none of rejectedWords, were " + executed + " and "
                            + rejected);
        }
        return new JdbcLookup(dataSource, sql, row -> {
            String word = row.getString(1);
            if (word != null && executed.contains(word)) {
                return executed();
            }
            return word != null && rejected.contains(word)
                    ? new Outcome.Rejected(new Reply(422, Map.of(), null))
                    : new Answer.Absent();
        });
    }

    /** Reads a log: a row is <em>executed</em>, with 200 and a body that was not kept, whatever its columns say. */
    public static JdbcLookup log(DataSource dataSource, String sql) {
        return new JdbcLookup(dataSource, sql, row -> executed());
    }

    private static Outcome.Executed executed() {
        return new Outcome.Executed(new Reply(200, Map.of(), null));
    }

    /** With another bound for the query, more than zero and at most an hour; whole seconds, rounded up. */
    public JdbcLookup withTimeout(Duration newTimeout) {
        return new JdbcLookup(dataSource, sql, reader, newTimeout);
    }

    /** @throws CallStoreException when it could not be read; its message does not show the key */
    @Override
    public AttemptResult find(IdempotencyKey key) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = prepared(connection, key)) {
            return Timeouts.within((int) timeout.plusMillis(999).toSeconds(), select, this::read);
        } catch (SQLException e) {
            throw new CallStoreException(
                    "the lookup of call " + key + " failed: SQL state " + e.getSQLState(), withoutMessage(e));
        }
    }

    private AttemptResult read(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? reader.read(row) : new Answer.Absent();
        }
    }

    private PreparedStatement prepared(Connection connection, IdempotencyKey key) throws SQLException {
        connection.setAutoCommit(true); // each look sees what is committed by then
        if (connection.getTransactionIsolation() == Connection.TRANSACTION_READ_UNCOMMITTED) {
            throw new CallStoreException(
                    "lookup: isolation must be READ COMMITTED or stronger, was READ UNCOMMITTED, which shows outcomes that"
                            + " may roll back",
                    null);
        }
        PreparedStatement select = connection.prepareStatement(sql);
        try {
            select.setMaxRows(1);
            bind(select, key, connection.getMetaData().getDatabaseProductName());
            return select;
        } catch (SQLException | RuntimeException e) {
            select.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement select, IdempotencyKey key, String product) throws SQLException {
        boolean uuids = product.equals(Dialect.POSTGRESQL.toString()) || product.equals(Dialect.H2.toString());
        UUID uuid = key.uuid().orElse(null);
        if (uuids && uuid != null) {
            select.setObject(1, uuid);
        } else {
            select.setString(1, key.value());
        }
    }

    /** Where it failed, but not with which parameters: drivers quote them. */
    private static Throwable withoutMessage(SQLException fault) {
        SQLException bare = new SQLException("", fault.getSQLState(), fault.getErrorCode());
        bare.setStackTrace(fault.getStackTrace());
        return bare;
    }
}
