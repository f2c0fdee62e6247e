package dev.nodoubt.jdbc;

import dev.nodoubt.gate.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
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
    private static final String READ_COMMITTED = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
    private final DataSource primary;

    public JdbcTransactions(DataSource primary) {
        this.primary = primary;
    }

    @Override
    public Transaction begin() throws SQLException {
        if (inside.get() != null) {
            throw new IllegalStateException(
                    "a gate was called inside a gated transaction of this thread; a handler calls"
                            + " other operations directly, and a fence or a gated call runs after it has returned");
        }
        Connection connection = primary.getConnection();
        Open open = new Open(connection);
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(READ_COMMITTED);
            }
            inside.set(true);
            return open;
        } catch (SQLException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private final class Open implements Transaction {

        private final Connection connection;

        private Open(Connection connection) {
            this.connection = connection;
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
                }
            } catch (SQLException e) {
                // Nothing was committed by this: a connection that cannot roll back is dropped, and its session with
                // it.
                LOG.debug("the gate's transaction was rolled back by dropping its connection", e);
            }
        }
    }
}
