package dev.nodoubt.jdbc;

import dev.nodoubt.gate.GateStore.Fault;
import java.sql.SQLException;

/** Error numbers that MySQL and MariaDB share. */
final class MySqlFaults {

    private static final int RECORD_CHANGED = 1020;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final int NO_SUCH_SAVEPOINT = 1305;
    private static final int LOCK_NOWAIT = 3572;

    private MySqlFaults() {}

    static boolean isLockWait(SQLException e) {
        return e.getErrorCode() == LOCK_WAIT_TIMEOUT || e.getErrorCode() == LOCK_NOWAIT;
    }

    static boolean isMissingSavepoint(SQLException e) {
        return e.getErrorCode() == NO_SUCH_SAVEPOINT;
    }

    /** A deadlock rolls the whole transaction back; at COMMIT it is how a cluster refuses. */
    static Fault of(SQLException e) {
        // First, because a driver may give it the state of a rollback, and only the statement was rolled back.
        if (isLockWait(e)) {
            return Fault.LOCK_WAIT;
        }
        String state = e.getSQLState();
        if (e.getErrorCode() == DEADLOCK || e.getErrorCode() == RECORD_CHANGED || "40001".equals(state)) {
            return Fault.CONFLICT;
        }
        boolean rolledBack =
                state != null && (state.startsWith("23") || (state.startsWith("40") && !state.equals("40003")));
        return rolledBack ? Fault.ROLLED_BACK : Fault.OTHER;
    }
}
