package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One open transaction on the caller's tables, and the time in it. Belongs to one thread. */
final class CallSession {

    /**
     * A plan that was made while the table of open calls was nearly empty reads it from end to end, and is kept until
     * vacuum looks again. By then a burst of calls has left a hundred thousand dead rows in it.
     */
    private static final String KEEP_TO_INDEXES =
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SET LOCAL enable_seqscan = off";

    private static final String PLAN_AS_USUAL = "SET LOCAL enable_seqscan TO DEFAULT";

    private final Connection connection;
    private final Dialect dialect;
    private final CallSql sql;
    private @Nullable Instant now;

    CallSession(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        this.sql = CallSql.of(dialect);
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return dialect;
    }

    CallSql sql() {
        return sql;
    }

    /** Begins a transaction of the store's own. */
    void begin() throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            keepToIndexes();
        } else {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** As the first statement of a transaction: its level, and on PostgreSQL plans that stay good. */
    void keepToIndexes() throws SQLException {
        execute(KEEP_TO_INDEXES);
    }

    /** Before somebody else's statements in this transaction. */
    void planAsUsual() throws SQLException {
        execute(PLAN_AS_USUAL);
    }

    private void execute(String sql) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    PreparedStatement prepare(String statement) throws SQLException {
        return connection.prepareStatement(statement);
    }

    /** The database's time, asked once: an earlier moment of this transaction. */
    Instant now() throws SQLException {
        Instant known = now;
        if (known != null) {
            return known;
        }
        try (PreparedStatement select = prepare(sql.now());
                ResultSet row = select.executeQuery()) {
            row.next();
            Instant read = dialect.time(row, 1);
            if (read == null) {
                throw new SQLException("the database has no time");
            }
            now = read;
            return read;
        }
    }

    void bindNow(PreparedStatement statement, int index) throws SQLException {
        dialect.bind(statement, index, now());
    }

    /**
     * Parameters of a list with so many values, as many as the next power of two, so that few statements differ; at least
     * one.
     */
    static String list(int values) {
        int padded = values <= 1 ? 1 : Integer.highestOneBit(values - 1) * 2;
        return String.join(", ", Collections.nCopies(padded, "?"));
    }

    /** What stands in {@code IN (…)} for so many keys. PostgreSQL takes one array, and looks each row up in it by hash. */
    String keys(int count) {
        return dialect == Dialect.POSTGRESQL ? "SELECT unnest(?::uuid[])" : list(count);
    }

    /** Binds what {@link #keys} stands for and returns the next index. */
    int bindKeys(PreparedStatement statement, int from, Collection<IdempotencyKey> keys) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            ArrayBinder.bindKeys(statement, from, keys);
            return from + 1;
        }
        Iterator<IdempotencyKey> rest = keys.iterator();
        IdempotencyKey key = NO_CALL;
        int end = from + width(keys.size());
        for (int i = from; i < end; i++) {
            key = rest.hasNext() ? rest.next() : key;
            dialect.bind(statement, i, key);
        }
        return end;
    }

    static int bindTexts(PreparedStatement statement, int from, Collection<String> texts) throws SQLException {
        Iterator<String> rest = texts.iterator();
        String text = "";
        int end = from + width(texts.size());
        for (int i = from; i < end; i++) {
            text = rest.hasNext() ? rest.next() : text;
            statement.setString(i, text);
        }
        return end;
    }

    /** At least one. */
    static int bindBytes(PreparedStatement statement, int from, List<byte[]> values) throws SQLException {
        int end = from + width(values.size());
        for (int i = from; i < end; i++) {
            statement.setBytes(i, values.get(Math.min(i - from, values.size() - 1)));
        }
        return end;
    }

    static int bindNumbers(PreparedStatement statement, int from, Collection<Long> numbers) throws SQLException {
        Iterator<Long> rest = numbers.iterator();
        long number = NO_INCARNATION;
        int end = from + width(numbers.size());
        for (int i = from; i < end; i++) {
            number = rest.hasNext() ? rest.next() : number;
            statement.setLong(i, number);
        }
        return end;
    }

    private static int width(int values) {
        return values <= 1 ? 1 : Integer.highestOneBit(values - 1) * 2;
    }

    /** No call has it: it has no version. */
    private static final IdempotencyKey NO_CALL = IdempotencyKey.of("00000000-0000-0000-0000-000000000000");

    private static final long NO_INCARNATION = Long.MIN_VALUE;
}
