package dev.nodoubt.gate;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the gate's transactions come from (a port): a {@code DataSource}, or the application's transaction manager whose
 * transaction the handler joins. Implementations are thread-safe; what {@link #begin} returns belongs to one thread.
 */
public interface Transactions {

    /**
     * Refuses a thread that is inside a transaction already: the gate is the outermost one, and takes no connection beside
     * an open one.
     *
     * @throws IllegalStateException that says what to do
     */
    void requireOutside();

    /** Begins one at {@link Isolation#READ_COMMITTED}. */
    default Transaction begin() throws SQLException {
        return begin(Isolation.READ_COMMITTED);
    }

    /**
     * Begins a transaction of its own on the primary.
     *
     * @param isolation at least
     * @throws IllegalStateException when this thread is inside a transaction already: the gate is the outermost one
     * @throws SQLException when the database cannot be reached
     */
    Transaction begin(Isolation isolation) throws SQLException;

    /** One open transaction. {@link #close} rolls back what was not committed, gives the connection back, never throws. */
    interface Transaction extends AutoCloseable {

        Connection connection();

        /** Whether the handler asked for a rollback. */
        boolean rollbackOnly();

        /**
         * Commits.
         *
         * @throws SQLException when COMMIT did not succeed; its SQL state decides what is known
         */
        void commit() throws SQLException;

        @Override
        void close();
    }
}
