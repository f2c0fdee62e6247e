package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How PostgreSQL executes the gate's statements by what it knows of a young table. A connection keeps a plan until
 * somebody looks at the table again, and by then a first burst of calls may be in it.
 */
class GatePlansTest {

    private static final String ROWS = """
            INSERT INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint,
                                      operation)
            SELECT 'shop', gen_random_uuid(), now(), 'EXECUTED', now(), 1, sha256('x'), 'POST /'
            FROM generate_series(1, (%s))
            """;

    private static final String THRESHOLD = """
            SELECT option_value::int FROM pg_options_to_table((SELECT reloptions FROM pg_class
                                                               WHERE relname = 'nodoubt_gate'))
            WHERE option_name = 'autovacuum_%s_threshold'
            """;

    private static final Reply CREATED = Reply.of(201);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final DataSource database = SharedPostgres.database("gateplans" + DATABASES.incrementAndGet());
    private final Map<String, String> plans = new TreeMap<>();

    private void assertIndexed() {
        DataSource explained = new ExplainedDatabase(database, plans::put).dataSource();
        GateBench bench = new GateBench(new GateParts(
                new JdbcGateStore(explained), new JdbcTransactions(explained), database, () -> false, true));
        IdempotencyKey key = bench.newKey();

        assertThat(bench.execute(key, tx -> CREATED)).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(CREATED, true));
        assertThat(bench.execute(bench.newKey(), tx -> Reply.of(503))).isInstanceOf(Admission.NotExecuted.class);

        assertThat(plans.keySet())
                .filteredOn(sql -> sql.contains("nodoubt_gate"))
                .hasSize(3);
        assertThat(plans.values()).allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan on nodoubt_gate"));
    }

    @Test
    void a_table_that_nobody_has_looked_at_is_read_by_its_index() {
        assertIndexed();
    }

    @Test
    void so_is_one_with_as_many_rows_as_autovacuum_waits_for() throws SQLException {
        Sql.execute(database, ROWS.formatted(THRESHOLD.formatted("analyze")));
        Sql.execute(database, "ANALYZE nodoubt_gate");

        assertIndexed();
    }

    @Test
    void and_it_waits_for_no_fewer_dead_ones() throws SQLException {
        Sql.execute(database, ROWS.formatted(THRESHOLD.formatted("vacuum")));
        Sql.execute(database, "VACUUM nodoubt_gate");

        assertIndexed();
    }
}
