package dev.nodoubt.spring;

import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A data source as Spring's transactions of this thread see it. */
final class ManagedDataSource {

    private final DataSource dataSource;

    ManagedDataSource(DataSource dataSource) {
        this.dataSource = unwrapped(dataSource);
    }

    /** Behind a proxy that would hand out the current transaction's connection. */
    static DataSource unwrapped(DataSource dataSource) {
        DataSource target =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? dataSource : target;
    }

    /**
     * Whether the current transaction is one of this data source. To be asked before {@link #connection}: under a
     * foreign transaction manager that call binds a connection by itself, which nobody commits.
     */
    boolean isInTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.isSynchronizationActive()
                && isBound();
    }

    /** Whether a connection is bound to this thread. After a commit: whether the transaction manager had bound it. */
    boolean isBound() {
        return TransactionSynchronizationManager.hasResource(dataSource);
    }

    /** The current transaction's connection, to be given back by {@link #release}. */
    Connection connection() {
        return DataSourceUtils.getConnection(dataSource);
    }

    void release(Connection connection) {
        DataSourceUtils.releaseConnection(connection, dataSource);
    }
}
