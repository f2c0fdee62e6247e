package dev.nodoubt.staged;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Where an application records what shall happen outside its transaction, and asks what became of it. Thread-safe.
 *
 * <p>{@link #record} writes through the caller's own connection and never manages its transaction: the intent exists if
 * and only if that transaction commits, and nothing leaves before. A gated operation records it in the gate's transaction
 * and answers 202: for ever, the outcome of its key says that the intent is recorded, and this class says what became of
 * the intent.
 */
public final class StagedEffects {

    private final StagedStore store;

    public StagedEffects(StagedStore store) {
        this.store = store;
    }

    /**
     * Records an intent in this transaction. After the commit {@link StagedWorker#wake()} makes its attempt begin at
     * once; without it the worker finds it at its next look.
     *
     * @param transaction an open transaction on the database of the store
     * @throws IllegalStateException when the connection is in autocommit mode: there is no transaction to join
     * @throws StagedStoreException when it could not be recorded
     */
    public void record(Connection transaction, Intent intent) {
        try {
            if (transaction.getAutoCommit()) {
                throw new IllegalStateException(intent + " was not recorded: the connection is in autocommit mode, so"
                        + " there is no transaction to join; begin the business transaction first");
            }
        } catch (SQLException e) {
            throw new StagedStoreException(intent + " was not recorded: " + e.getMessage(), e);
        }
        store.record(transaction, intent);
    }

    /** What is known of this scope's intent; empty when there is none of this id, or it was purged. */
    public Optional<IntentStatus> find(String scope, UUID id) {
        return store.find(scope, id);
    }

    /** Takes an intent of this scope back, if nothing of it has left; empty as for {@link #find}. May be repeated. */
    public Optional<Withdrawal> withdraw(String scope, UUID id) {
        return store.withdraw(scope, id).map(StagedEffects::withdrawal);
    }

    private static Withdrawal withdrawal(IntentState state) {
        return switch (state) {
            case WITHDRAWN -> new Withdrawal.Withdrawn();
            case SENDING -> new Withdrawal.InProgress();
            case SENT, FAILED -> new Withdrawal.TooLate(state);
            case IN_DOUBT -> new Withdrawal.InDoubt();
            case WAITING -> throw new IllegalStateException("a store left an intent waiting that it was to withdraw");
        };
    }
}
