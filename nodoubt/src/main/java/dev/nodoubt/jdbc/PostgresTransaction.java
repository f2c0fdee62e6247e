package dev.nodoubt.jdbc;

import dev.nodoubt.call.CallStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * What PostgreSQL's driver knows of a transaction from the server's last answer. PostgreSQL answers the {@code COMMIT} of
 * a transaction in which a statement failed with {@code ROLLBACK} (PostgreSQL's manual on COMMIT), and the driver throws
 * nothing then.
 */
final class PostgresTransaction {

    /** The application's driver may be another one, or wrapped by one that is loaded elsewhere. */
    private static final boolean DRIVER_IS_KNOWN = isDriverKnown();

    private PostgresTransaction() {}

    private static boolean isDriverKnown() {
        try {
            Class.forName("org.postgresql.core.BaseConnection", false, PostgresTransaction.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Whether a commit now keeps what was written; false when the driver is not known.
     *
     * @throws CallStoreException when it would be a rollback
     */
    static boolean commitKeeps(Connection transaction) throws SQLException {
        if (!DRIVER_IS_KNOWN || !transaction.isWrapperFor(BaseConnection.class)) {
            return false;
        }
        TransactionState state = transaction.unwrap(BaseConnection.class).getTransactionState();
        if (state == TransactionState.FAILED) {
            throw new CallStoreException(
                    "the transaction cannot commit: a statement in it failed, and PostgreSQL answers its commit with a"
                            + " rollback; do not swallow that statement's exception, or set a savepoint before it and"
                            + " roll back to that",
                    null);
        }
        return state == TransactionState.OPEN;
    }
}
