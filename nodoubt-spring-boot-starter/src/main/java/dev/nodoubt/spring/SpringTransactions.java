package dev.nodoubt.spring;

import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.Transactions;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The gate's transactions as transactions of Spring, which the handler and its services join. The transaction manager
 * must manage JDBC connections of the given data source. Thread-safe.
 */
public final class SpringTransactions implements Transactions {

    private static final String NO_CONNECTION = "08001";

    private final PlatformTransactionManager manager;
    private final ManagedDataSource dataSource;

    /** Transactions that this manager begins on this data source. */
    public SpringTransactions(PlatformTransactionManager manager, DataSource dataSource) {
        this.manager = manager;
        this.dataSource = new ManagedDataSource(dataSource);
    }

    PlatformTransactionManager manager() {
        return manager;
    }

    @Override
    public void requireOutside() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("the gate was entered inside an open transaction, but it must own the"
                    + " outermost one: remove the filter or interceptor that begins a transaction around it");
        }
    }

    @Override
    public Transaction begin(Isolation isolation) throws SQLException {
        requireOutside();
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setName("nodoubt gate");
        definition.setIsolationLevel(level(isolation));
        TransactionStatus status;
        try {
            status = manager.getTransaction(definition);
        } catch (TransactionException | DataAccessException e) {
            throw SpringTransaction.sqlException(e, NO_CONNECTION);
        }
        try {
            return SpringTransaction.join(manager, status, dataSource);
        } catch (RuntimeException e) {
            manager.rollback(status);
            throw e;
        }
    }

    private static int level(Isolation isolation) {
        return switch (isolation) {
            case READ_COMMITTED -> TransactionDefinition.ISOLATION_READ_COMMITTED;
            case REPEATABLE_READ -> TransactionDefinition.ISOLATION_REPEATABLE_READ;
            case SERIALIZABLE -> TransactionDefinition.ISOLATION_SERIALIZABLE;
        };
    }
}
