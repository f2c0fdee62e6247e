package dev.nodoubt.jdbc;

import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of a plain {@code DataSource}. Thread-safe.
 *
 * <p>A handler that wants a rollback throws or answers with an error status: there is no other mark here.
 */
public final class JdbcTransactions implements Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);

    // For this transaction only: the session's default stays, so nothing has to be given back to the pool.
    private static final String LEVEL = "SET TRANSACTION ISOLATION LEVEL %s, READ WRITE";

    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
    private final DataSource primary;
    private volatile @Nullable Dialect dialect;

    public JdbcTransactions(DataSource primary) {
        this.primary = primary;
    }

    @Override
    public void requireOutside() {
        if (inside.get() != null) {
            throw new IllegalStateException(
                    "a gate was called inside a gated transaction of this thread; a handler calls"
                            + " other operations directly, and a fence or a gated call runs after it has returned");
        }
    }

    @Override
    public Transaction begin(Isolation isolation) throws SQLException {
        requireOutside();
        Connection connection = primary.getConnection();
        Open open = new Open(connection);
        try {
            connection.setAutoCommit(false);
            open.isolate(isolation);
            inside.set(true);
            return open;
        } catch (SQLException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private Dialect dialect(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(connection);
            dialect = known;
        }
        return known;
    }

    private final class Open implements Transaction {

        private final Connection connection;
        private @Nullable Integer levelBefore;

        private Open(Connection connection) {
            this.connection = connection;
        }

        private void isolate(Isolation isolation) throws SQLException {
            if (dialect(connection) == Dialect.H2) {
                // It knows the session's level only.
                levelBefore = connection.getTransactionIsolation();
                connection.setTransactionIsolation(
                        switch (isolation) {
                            case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
                            case REPEATABLE_READ -> Connection.TRANSACTION_REPEATABLE_READ;
                            case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
                        });
                return;
            }
            if (dialect(connection) == Dialect.POSTGRESQL) {
                return; // The store sets it, in one piece with the statements by which it takes the key.
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(LEVEL.formatted(isolation.name().replace('_', ' ')));
            }
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public boolean rollbackOnly() {
            return false;
        }

        @Override
        public void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() {
            inside.remove();
            try (connection) {
                if (!connection.getAutoCommit()) {
                    connection.rollback(); // a no-op after a commit
                    connection.setAutoCommit(true);
                    if (levelBefore != null) {
                        connection.setTransactionIsolation(levelBefore);
                    }
                }
            } catch (SQLException e) {
                // Nothing was committed by this: a connection that cannot roll back is dropped, and its session with
                // it.
                LOG.debug("the gate's transaction was rolled back by dropping its connection", e);
            }
        }
    }
}
