package dev.nodoubt.jdbc;

import dev.nodoubt.gate.GateKey;
import java.sql.Connection;
import java.sql.SQLException;

/** On MySQL and MariaDB a transaction is known by a savepoint: ending it from inside ends its savepoints. */
final class GateSavepoint {

    private static final String SET = "SAVEPOINT nodoubt_gate";
    private static final String RELEASE = "RELEASE SAVEPOINT nodoubt_gate";

    private GateSavepoint() {}

    static void set(Connection transaction) throws SQLException {
        GateTable.run(transaction, SET);
    }

    /** Whether the transaction is still the one that set it; asked once. */
    static boolean isOpen(Connection transaction) throws SQLException {
        try {
            GateTable.run(transaction, RELEASE);
            return true;
        } catch (SQLException e) {
            if (MySqlFaults.isMissingSavepoint(e)) {
                return false;
            }
            throw e;
        }
    }

    static boolean isOpenOrRolledBack(Connection transaction, GateKey key) throws SQLException {
        return isOpen(transaction) || GateTable.isRolledBack(transaction, key);
    }
}
