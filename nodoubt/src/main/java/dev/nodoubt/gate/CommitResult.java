package dev.nodoubt.gate;

import java.sql.SQLException;

/** How a COMMIT ended (protocol, section 4). */
sealed interface CommitResult {

    record Committed() implements CommitResult {}

    /** The database rolled back for sure. */
    record Refused(Exception cause, GateStore.Fault fault) implements CommitResult {}

    /** The answer was lost, or says nothing for sure. */
    record Unknown(Exception cause) implements CommitResult {}

    static CommitResult of(Transactions.Transaction transaction, GateStore store) {
        try {
            transaction.commit();
            return new Committed();
        } catch (SQLException e) {
            GateStore.Fault fault = store.fault(e);
            return switch (fault) {
                case CONFLICT, ROLLED_BACK -> new Refused(e, fault);
                case LOCK_WAIT, OTHER -> new Unknown(e);
            };
        } catch (RuntimeException e) {
            // A transaction manager may throw what it likes: it proves nothing about the COMMIT.
            return new Unknown(e);
        }
    }
}
