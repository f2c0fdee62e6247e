package dev.nodoubt.spring;

import dev.nodoubt.call.Outbox;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Tells the relay how the transaction of a recorded call ended. It waits for afterCompletion, because another callback's
 * exception after the commit skips the remaining afterCommit callbacks. A commit that would be a rollback of which nobody
 * hears is refused before it begins.
 */
final class HandOver implements TransactionSynchronization {

    private final Outbox.Recorded recorded;
    private final ManagedDataSource dataSource;
    private final Set<Object> laterSavepoints = new HashSet<>();
    private boolean undone;

    HandOver(Outbox.Recorded recorded, ManagedDataSource dataSource) {
        this.recorded = recorded;
        this.dataSource = dataSource;
    }

    @Override
    public void savepoint(Object savepoint) {
        laterSavepoints.add(savepoint);
    }

    @Override
    public void savepointRollback(Object savepoint) {
        // only savepoints that are older than the call take its row with them
        undone |= !laterSavepoints.contains(savepoint);
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        if (!undone && dataSource.isBound()) {
            Connection connection = dataSource.connection();
            try {
                recorded.beforeCommit(connection);
            } finally {
                dataSource.release(connection);
            }
        }
    }

    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_UNKNOWN) {
            return; // the relay's own scan finds the call if it is there
        }
        // a connection that is gone by now was not the transaction manager's, and nobody committed it
        if (status == STATUS_COMMITTED && !undone && dataSource.isBound()) {
            recorded.committed();
        } else {
            recorded.rolledBack();
        }
    }
}
