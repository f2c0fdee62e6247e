package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Awaited;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records calls in Spring's current transaction. Thread-safe.
 *
 * <p>The call exists if and only if that transaction commits, and delivery begins right after. It follows Spring's
 * savepoints; what is rolled back by hand on the {@code Connection}, to a savepoint or whole, is not seen. A transaction on
 * PostgreSQL in which a statement failed and its exception was swallowed is refused with a {@code CallStoreException}
 * before its commit, which would be a rollback that nobody hears of.
 */
public final class DurableCalls {

    private final Outbox outbox;
    private final ManagedDataSource dataSource;
    private final @Nullable TransactionOperations transactions;

    /**
     * Calls of this outbox, which are sent in transactions that the application begins.
     *
     * @param dataSource of the outbox' database, managed by the transaction manager
     */
    public DurableCalls(Outbox outbox, DataSource dataSource) {
        this(outbox, dataSource, null);
    }

    /**
     * Calls of this outbox.
     *
     * @param dataSource of the outbox' database, managed by the transaction manager
     * @param transactions in which {@link #execute} records its calls; null where it is not used
     */
    public DurableCalls(Outbox outbox, DataSource dataSource, @Nullable TransactionOperations transactions) {
        this.outbox = outbox;
        this.dataSource = new ManagedDataSource(dataSource);
        this.transactions = transactions;
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
        return record(call).key();
    }

    /**
     * The synchronous form: records a call in a transaction of its own, and waits for its outcome. What is not settled
     * within the bound, or cannot be attempted now, returns as open, and is brought to its outcome in the background.
     *
     * @param bound more than zero, at most an hour
     * @throws IllegalStateException when this thread is in a transaction, which would be held open while waiting
     * @throws InterruptedException when waiting was interrupted; the call is recorded and goes on
     */
    public Awaited execute(Call call, Duration bound) throws InterruptedException {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    call + " was not recorded: execute waits for the outcome, so it must be called"
                            + " outside any transaction; inside one use send");
        }
        if (transactions == null) {
            throw new IllegalStateException(
                    call + " was not recorded: execute needs transactions; give them to the constructor");
        }
        Outbox.Recorded recorded = transactions.execute(status -> record(call));
        return Objects.requireNonNull(recorded, "recorded").await(bound);
    }

    private Outbox.Recorded record(Call call) {
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
            return recorded;
        } finally {
            dataSource.release(connection);
        }
    }
}
