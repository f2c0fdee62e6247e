package dev.nodoubt.spring;

import dev.nodoubt.gate.Transactions.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The gate's open transaction on Spring's side. What a failed commit means is read from its SQL state alone. */
final class SpringTransaction implements Transaction {

    private static final Logger log = LoggerFactory.getLogger(SpringTransaction.class);
    private static final String ROLLED_BACK = "40000";
    private static final String UNKNOWN = "08007";

    private final PlatformTransactionManager manager;
    private final TransactionStatus status;
    private final ManagedDataSource dataSource;
    private final Connection connection;
    private final Completion completion = new Completion();

    private SpringTransaction(
            PlatformTransactionManager manager, TransactionStatus status, ManagedDataSource dataSource) {
        this.manager = manager;
        this.status = status;
        this.dataSource = dataSource;
        this.connection = dataSource.connection();
    }

    /** @throws StartupException when the manager does not manage this data source */
    static SpringTransaction join(
            PlatformTransactionManager manager, TransactionStatus status, ManagedDataSource dataSource) {
        if (!dataSource.isInTransaction()) {
            throw new StartupException("ND-0405", manager.getClass().getName());
        }
        SpringTransaction transaction = new SpringTransaction(manager, status, dataSource);
        TransactionSynchronizationManager.registerSynchronization(transaction.completion);
        return transaction;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public boolean rollbackOnly() {
        return status.isRollbackOnly();
    }

    @Override
    public void commit() throws SQLException {
        dataSource.release(connection);
        try {
            manager.commit(status);
        } catch (RuntimeException e) {
            if (completion.is(TransactionSynchronization.STATUS_COMMITTED)) {
                log.warn(
                        "ND-0211 a callback after the commit of a gated operation failed; the operation is committed",
                        e);
            } else {
                // without an SQLException nothing was sent to the database but a ROLLBACK
                boolean rolledBack = completion.is(TransactionSynchronization.STATUS_ROLLED_BACK);
                throw sqlException(e, rolledBack ? ROLLED_BACK : UNKNOWN);
            }
        }
        if (!completion.is(TransactionSynchronization.STATUS_COMMITTED)) {
            // a manager that meets a rollback-only transaction may roll back without an exception
            boolean rolledBack = completion.is(TransactionSynchronization.STATUS_ROLLED_BACK);
            throw new SQLException("the transaction manager did not commit", rolledBack ? ROLLED_BACK : UNKNOWN);
        }
    }

    @Override
    public void close() {
        if (status.isCompleted()) {
            return;
        }
        dataSource.release(connection);
        try {
            manager.rollback(status);
        } catch (RuntimeException e) {
            log.warn(
                    "ND-0212 the rollback of a gated operation failed; the database rolls back when the session ends",
                    e);
        }
    }

    /** The SQLException behind an exception of Spring; one of this state when there is none. */
    static SQLException sqlException(RuntimeException e, String otherwise) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return new SQLException(e.getMessage(), otherwise, e);
    }

    /** How the transaction ended, which the exception of a failed commit does not tell. */
    private static final class Completion implements TransactionSynchronization {

        private @Nullable Integer ended;

        boolean is(int end) {
            return ended != null && ended == end;
        }

        @Override
        public void afterCompletion(int end) {
            ended = end;
        }
    }
}
