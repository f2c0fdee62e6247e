package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.gate.GateStore.Fault;
import dev.nodoubt.jdbc.JdbcGateStore;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What an SQL state proves: a COMMIT is called rolled back only where the database says so. */
class JdbcGateStoreFaultTest {

    private final JdbcGateStore store = new JdbcGateStore(new PGSimpleDataSource());

    @Test
    void only_what_is_rolled_back_for_sure_is_called_so() {
        assertFault(Fault.CONFLICT, "40001", "40P01");
        assertFault(Fault.ROLLED_BACK, "40000", "40002", "23000", "23503", "23505", "25P02");
        assertFault(Fault.LOCK_WAIT, "55P03");
        assertFault(Fault.OTHER, "40003", "08000", "08006", "08007", "57014", "57P01", "57P02", "25P04", "XX000");
        assertThat(store.fault(new SQLException("without a state"))).isEqualTo(Fault.OTHER);
    }

    private void assertFault(Fault fault, String... states) {
        for (String state : states) {
            assertThat(store.fault(new SQLException("why", state)))
                    .as("SQL state %s", state)
                    .isEqualTo(fault);
        }
    }
}
