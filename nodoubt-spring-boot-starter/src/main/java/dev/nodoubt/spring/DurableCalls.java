package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records calls in Spring's current transaction. Thread-safe.
 *
 * <p>The call exists if and only if that transaction commits, and delivery begins right after. It follows Spring's
 * savepoints; a savepoint set and rolled back by hand on the {@code Connection} is not seen.
 */
public final class DurableCalls {

    private final Outbox outbox;
    private final ManagedDataSource dataSource;

    /**
     * Calls of this outbox.
     *
     * @param dataSource of the outbox' database, managed by the transaction manager
     */
    public DurableCalls(Outbox outbox, DataSource dataSource) {
        this.outbox = outbox;
        this.dataSource = new ManagedDataSource(dataSource);
    }

    /**
     * Records a call in the current transaction.
     *
     * @return the call's key, under which {@link Outbox#find} knows it after the commit
     * @throws IllegalStateException when this thread is in no transaction of this data source
     * @throws IllegalArgumentException when no such target is configured
     * @throws dev.nodoubt.call.CallStoreException when the call could not be recorded
     */
    public IdempotencyKey send(Call call) {
        if (!dataSource.isInTransaction()) {
            boolean foreign = TransactionSynchronizationManager.isActualTransactionActive();
            throw new IllegalStateException(call + " was not recorded: "
                    + (foreign
                            ? "the current transaction does not manage the outbox' data source; begin it with that data"
                                    + " source's transaction manager"
                            : "this thread is in no Spring transaction; send it inside a @Transactional method or a"
                                    + " TransactionTemplate, together with the change it belongs to"));
        }
        Connection connection = dataSource.connection();
        try {
            Outbox.Recorded recorded = outbox.send(connection, call);
            TransactionSynchronizationManager.registerSynchronization(new HandOver(recorded, dataSource));
            return recorded.key();
        } finally {
            dataSource.release(connection);
        }
    }
}
