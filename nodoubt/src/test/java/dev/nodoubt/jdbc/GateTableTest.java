package dev.nodoubt.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.gate.GateStore.Fault;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each database's errors say for sure. */
class GateTableTest {

    @Test
    void on_postgresql_only_what_is_rolled_back_for_sure_is_called_so() {
        assertFault(Dialect.POSTGRESQL, Fault.CONFLICT, "40001", "40P01");
        assertFault(Dialect.POSTGRESQL, Fault.LOCK_WAIT, "55P03");
        assertFault(Dialect.POSTGRESQL, Fault.ROLLED_BACK, "23505", "23514", "40000", "40002", "25P02");
        assertThat(GateTable.of(Dialect.POSTGRESQL).fault(new SQLException("without a state")))
                .isEqualTo(Fault.OTHER);
        assertFault(Dialect.POSTGRESQL, Fault.OTHER, "40003", "08006", "57P01", "57014", "53300", "22001");
    }

    @Test
    void on_mysql_and_mariadb_a_deadlock_rolls_back_and_a_lock_wait_does_not() {
        for (Dialect dialect : new Dialect[] {Dialect.MARIADB, Dialect.MYSQL}) {
            assertFault(dialect, Fault.CONFLICT, "40001");
            assertThat(fault(dialect, "40001", 1213)).isEqualTo(Fault.CONFLICT);
            assertThat(fault(dialect, "HY000", 1020)).isEqualTo(Fault.CONFLICT);
            assertThat(fault(dialect, "HY000", 1205)).isEqualTo(Fault.LOCK_WAIT);
            assertThat(fault(dialect, "40001", 1205)).isEqualTo(Fault.LOCK_WAIT);
            assertThat(fault(dialect, "HY000", 3572)).isEqualTo(Fault.LOCK_WAIT);
            assertFault(dialect, Fault.ROLLED_BACK, "23000", "40000");
            assertFault(dialect, Fault.OTHER, "40003", "08000", "08S01", "HY000", "70100");
        }
    }

    @Test
    void on_h2_a_deadlock_rolls_back_and_a_lock_wait_does_not() {
        assertFault(Dialect.H2, Fault.CONFLICT, "40001");
        assertThat(fault(Dialect.H2, "90131", 90131)).isEqualTo(Fault.CONFLICT);
        assertThat(fault(Dialect.H2, "HYT00", 50200)).isEqualTo(Fault.LOCK_WAIT);
        assertFault(Dialect.H2, Fault.ROLLED_BACK, "23505");
        assertFault(Dialect.H2, Fault.OTHER, "90098", "08000", "90067");
    }

    @ParameterizedTest
    @EnumSource
    void every_database_has_its_schema_and_its_columns(Dialect dialect) {
        String sql = Schema.sql(dialect.file(), 0);

        assertThat(sql).contains("INSERT INTO nodoubt_schema (version) VALUES (" + Schema.VERSION + ")");
        assertThat(new Migrations(dialect).since(0))
                .allSatisfy(step -> assertThat(step.statements())
                        .allSatisfy(statement -> assertThat(statement.strip()).endsWith(";")));
        SchemaColumns.of(dialect).keySet().forEach(table -> assertThat(sql).contains("CREATE TABLE", table));
    }

    @Test
    void the_sql_since_the_newest_version_is_empty() {
        assertThat(Schema.sql("postgresql", Schema.VERSION)).isEmpty();
        assertThat(Schema.sql("postgresql", 1)).doesNotContain("CREATE TABLE nodoubt_gate ");
    }

    private static void assertFault(Dialect dialect, Fault expected, String... states) {
        for (String state : states) {
            assertThat(fault(dialect, state, 0))
                    .as("SQL state %s on %s", state, dialect)
                    .isEqualTo(expected);
        }
    }

    private static Fault fault(Dialect dialect, String state, int code) {
        return GateTable.of(dialect).fault(new SQLException("reason", state, code));
    }
}
