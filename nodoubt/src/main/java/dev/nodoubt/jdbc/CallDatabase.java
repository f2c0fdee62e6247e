package dev.nodoubt.jdbc;

import dev.nodoubt.call.CallStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database of the calls: transactions of the store's own. Thread-safe. */
final class CallDatabase {

    private final DataSource dataSource;
    private volatile @Nullable Dialect dialect;

    CallDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    interface Work<T> {
        T in(CallSession session) throws SQLException;
    }

    /** A transaction that somebody else began. */
    CallSession session(Connection connection) throws SQLException {
        return new CallSession(connection, dialect(connection));
    }

    Dialect dialect(Connection connection) throws SQLException {
        Dialect known = dialect;
        if (known == null) {
            known = Dialect.of(connection);
            dialect = known;
        }
        return known;
    }

    <T> T inTransaction(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                CallSession session = session(connection);
                session.begin();
                T result = work.in(session);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new CallStoreException("could not " + what + ": " + e.getMessage(), e);
        }
    }

    /** A connection that is gone has nothing to roll back; why it is gone stands in the first fault. */
    private static void rollBack(Connection connection, Exception fault) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            fault.addSuppressed(e);
        }
    }
}
