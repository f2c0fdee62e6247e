package dev.nodoubt.jdbc;

import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.NextStep;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedStore;
import dev.nodoubt.staged.StagedStoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Intents in PostgreSQL, MariaDB, MySQL or H2. Thread-safe; takes a connection of the data source for each method and
 * keeps none.
 */
public final class JdbcStagedStore implements StagedStore {

    /** For statements that may wait for a lock, or find more to do than they should. */
    private static final int LONGEST_SECONDS = 10;

    /** How H2 says that a unique key is taken. */
    private static final String DUPLICATE_STATE = "23505";

    /** How MariaDB and MySQL say it. PostgreSQL's statement does not fail. */
    private static final int DUPLICATE_CODE = 1062;

    /** 40003 says that nobody knows. */
    private static final String ROLLED_BACK = "40(001|P01)";

    private static final int MOST_TURNS = 5;

    private final DataSource dataSource;
    private volatile @Nullable IntentSql sql;

    /**
     * A store on the database of the gate, so that an intent and its key commit together.
     *
     * @param dataSource a pool, of which each thread of a worker uses one connection at a time; not asked before the
     *     first use
     */
    public JdbcStagedStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void record(Connection transaction, Intent intent) {
        String id = intent.id().toString();
        try (PreparedStatement insert =
                        transaction.prepareStatement(sql(transaction).record());
                PreparedStatement content =
                        transaction.prepareStatement(sql(transaction).recordContent())) {
            insert.setString(1, id);
            insert.setString(2, intent.kind());
            insert.setString(3, intent.scope());
            if (insert.executeUpdate() == 0) {
                throw recordedAlready(intent, null);
            }
            content.setString(1, id);
            content.setString(2, intent.payload().mediaType());
            content.setBytes(3, intent.payload().bytes());
            content.executeUpdate();
        } catch (SQLException e) {
            if (DUPLICATE_STATE.equals(e.getSQLState()) || e.getErrorCode() == DUPLICATE_CODE) {
                throw recordedAlready(intent, e);
            }
            throw new StagedStoreException(intent + " could not be recorded: " + e.getMessage(), e);
        }
    }

    private static StagedStoreException recordedAlready(Intent intent, @Nullable SQLException cause) {
        return new StagedStoreException(intent + " is recorded already: an id names one intent, use a new one", cause);
    }

    @Override
    public Optional<Claim> claim(String kind, UUID token, Duration lease, StagedPolicy policy, Collection<UUID> held) {
        Optional<IntentRows.Due> taken = inTransaction("claim an intent of " + kind, tx -> {
            IntentRows.Due due = due(tx, kind, policy, held);
            if (due == null) {
                return Optional.empty();
            }
            try (PreparedStatement take = tx.prepareStatement(sql(tx).take())) {
                take.setString(1, token.toString());
                take.setLong(2, micros(lease));
                take.setString(3, due.id());
                take.executeUpdate();
            }
            return Optional.of(due);
        });
        // Only now: a row that cannot be understood is claimed, so that it can be given back and postponed.
        return taken.map(due -> due.claim().apply(token));
    }

    private IntentRows.@Nullable Due due(Connection tx, String kind, StagedPolicy policy, Collection<UUID> held)
            throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(sql(tx).due());
                PreparedStatement content = tx.prepareStatement(sql(tx).content())) {
            select.setString(1, kind);
            select.setBoolean(2, policy == StagedPolicy.AT_LEAST_ONCE);
            select.setString(3, list(held));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                content.setString(1, row.getString("id"));
                try (ResultSet bytes = content.executeQuery()) {
                    bytes.next();
                    return IntentRows.due(kind, row, bytes, sql(tx));
                }
            }
        }
    }

    @Override
    public void giveBack(String kind, UUID token, Duration after) {
        inTransaction("give a claim of " + kind + " back", tx -> {
            try (PreparedStatement update = tx.prepareStatement(sql(tx).giveBack())) {
                update.setLong(1, micros(after));
                update.setString(2, kind);
                update.setString(3, token.toString());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public boolean complete(Claim claim, NextStep next) {
        return inTransaction("record the end of an attempt of " + claim.intent(), tx -> {
            try (PreparedStatement update = tx.prepareStatement(sql(tx).complete())) {
                Duration after = next.after();
                update.setString(1, next.state().word());
                update.setInt(2, next.doubts());
                update.setString(3, next.last());
                update.setObject(4, after == null ? null : micros(after), Types.BIGINT);
                update.setBoolean(5, next.state().isFinal());
                update.setString(6, claim.intent().id().toString());
                update.setString(7, claim.token().toString());
                return update.executeUpdate() > 0;
            }
        });
    }

    @Override
    public int park(String kind, Collection<UUID> held) {
        return inTransaction("park intents of " + kind, tx -> {
            try (PreparedStatement update = tx.prepareStatement(sql(tx).park())) {
                update.setString(1, kind);
                update.setString(2, list(held));
                return Timeouts.within(LONGEST_SECONDS, update, PreparedStatement::executeUpdate);
            }
        });
    }

    @Override
    public Optional<IntentStatus> find(String scope, UUID id) {
        return inTransaction("find intent " + id, tx -> {
            try (PreparedStatement select = tx.prepareStatement(sql(tx).find())) {
                select.setString(1, id.toString());
                select.setString(2, scope);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(IntentRows.status(id, scope, row, sql(tx))) : Optional.empty();
                }
            }
        });
    }

    @Override
    public Optional<IntentState> withdraw(String scope, UUID id) {
        return inTransaction("withdraw intent " + id, tx -> {
            Optional<IntentState> found = lock(tx, scope, id);
            if (!found.equals(Optional.of(IntentState.WAITING))) {
                return found;
            }
            try (PreparedStatement update = tx.prepareStatement(sql(tx).withdraw())) {
                update.setString(1, id.toString());
                update.executeUpdate();
                return Optional.of(IntentState.WITHDRAWN);
            }
        });
    }

    private Optional<IntentState> lock(Connection tx, String scope, UUID id) throws SQLException {
        try (PreparedStatement select = tx.prepareStatement(sql(tx).lock())) {
            select.setString(1, id.toString());
            select.setString(2, scope);
            return Timeouts.within(LONGEST_SECONDS, select, statement -> {
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? Optional.of(IntentRows.state(row)) : Optional.empty();
                }
            });
        }
    }

    @Override
    public int purge(String kind, Duration retention, int limit) {
        return inTransaction("purge intents of " + kind, tx -> {
            try (PreparedStatement delete = tx.prepareStatement(sql(tx).purge())) {
                delete.setString(1, kind);
                delete.setLong(2, micros(retention));
                delete.setInt(3, limit);
                return Timeouts.within(LONGEST_SECONDS, delete, PreparedStatement::executeUpdate);
            }
        });
    }

    private IntentSql sql(Connection connection) throws SQLException {
        IntentSql known = sql;
        if (known == null) {
            known = IntentSql.of(Dialect.of(connection));
            sql = known;
        }
        return known;
    }

    private static String list(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(","));
    }

    private static long micros(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }

    private interface Work<A, T> {
        T in(A with) throws SQLException;
    }

    /** A transaction that the database itself rolled back, for a deadlock most of all, is taken again. */
    private <T> T inTransaction(String what, Work<Connection, T> work) {
        for (int turn = 1; ; turn++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (turn == MOST_TURNS || !String.valueOf(e.getSQLState()).matches(ROLLED_BACK)) {
                    throw new StagedStoreException("could not " + what + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private <T> T once(Work<Connection, T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
