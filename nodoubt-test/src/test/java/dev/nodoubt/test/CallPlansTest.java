package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How PostgreSQL executes the caller's statements when its tables are big: never by reading one from end to end. */
class CallPlansTest {

    /** The incarnation that holds all open calls. */
    private static final long BACKLOG = 1;

    private static final String BIG = "Seq Scan on nodoubt_(settled|order|reference|tag|attempt|call)\\b";

    /** Thirty days of settled calls; every hundredth has an order, every thousandth was never executed. */
    private static final String SETTLED = """
            INSERT INTO nodoubt_settled (call_key, state, why, attempts, recorded_at, settled_at, target, method, path,
                                         reply_status, reply_headers, reference, order_key)
            SELECT %s, CASE WHEN n %% 1000 = 0 THEN 'never' ELSE 'executed' END,
                   CASE WHEN n %% 1000 = 0 THEN 'FENCED' END, 1, %s, %s,
                   CASE WHEN n %% 10000 = 0 THEN 'rare' ELSE 'mail' END, 'POST', '/', 202, '', 'order ' || n,
                   CASE WHEN n %% 100 = 0 THEN 'account ' || n END
            FROM generate_series(1, 100000) AS s(n)
            """;

    private static final String TIME = "now() - (100000 - n) * interval '25.92 seconds'";
    private static final String KEY = """
            (WITH t AS (SELECT lpad(to_hex((extract(epoch FROM %s) * 1000)::bigint), 12, '0') AS ms)
             SELECT (left(ms, 8) || '-' || right(ms, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid FROM t)
            """.formatted(TIME);

    private static final String OPEN = """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last)
            SELECT gen_random_uuid(), 1, 'waiting', 0, false, now(), now(), now() + interval '1 day', 'mail',
                   'POST', '/', '', repeat('x', 300)::bytea, sha256(repeat('x', 300)::bytea), ''
            FROM generate_series(1, 20000)
            """;

    private static final List<String> OTHERS = List.of(
            "INSERT INTO nodoubt_order SELECT sha256(('o' || n)::bytea), 0, 1, false, now()"
                    + " FROM generate_series(1, 20000) AS s(n)",
            "INSERT INTO nodoubt_tag SELECT 'tag' || n % 1000, call_key FROM (SELECT row_number() OVER () AS n, call_key"
                    + " FROM nodoubt_settled) AS s",
            "INSERT INTO nodoubt_reference SELECT sha256(call_key::text::bytea), call_key, recorded_at FROM nodoubt_settled",
            "INSERT INTO nodoubt_attempt (call_key, number, incarnation, step, begun_at, took, classification, reason)"
                    + " SELECT call_key, 1, 1, 'EXECUTE', recorded_at, 9, 'lost', '' FROM nodoubt_settled",
            OPEN,
            "VACUUM ANALYZE");

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static DataSource database;

    private final Map<String, String> plans = new TreeMap<>();
    private final CallStore store = new JdbcCallStore(new ExplainedDatabase(database, plans::put).dataSource());

    @BeforeAll
    static void fill() throws SQLException {
        database = SharedPostgres.database("plans");
        Sql.execute(database, SETTLED.formatted(KEY, TIME, TIME));
        assertThat(new JdbcCallStore(database)
                        .join("backlog", Duration.ofHours(1))
                        .incarnation())
                .isEqualTo(BACKLOG);
        for (String statement : OTHERS) {
            Sql.execute(database, statement);
        }
    }

    private void assertIndexed() {
        assertThat(plans).isNotEmpty();
        assertThat(plans.values()).allSatisfy(plan -> assertThat(plan).doesNotContainPattern(BIG));
    }

    @Test
    void a_scan_reads_what_it_finds() {
        long me = BACKLOG;
        Set<String> targets = Set.of("mail", "stock");

        store.renew(me, Duration.ofMinutes(1));
        store.heldOff();
        store.takeOver(me, new CallStore.Known(targets, Set.of("book"), Set.of("stock")), 500);
        store.due(
                me,
                new CallStore.Wish(
                        "mail", Set.of(IdempotencyKey.create(Instant.now())), CallStore.Wanted.ALL, null, 500));
        store.due(me, new CallStore.Wish("mail", Set.of(), CallStore.Wanted.ENDED, null, 500));
        List<OpenCall> due = store.due(me, new CallStore.Wish("mail", Set.of(), CallStore.Wanted.ALL, null, 500));
        store.cancelled(me);
        store.leave(
                store.join("leaves", Duration.ofMinutes(1)).incarnation(),
                due.stream().map(OpenCall::key).limit(20).toList());

        assertThat(due).hasSize(500);
        assertIndexed();
    }

    @Test
    void what_ends_without_an_attempt_is_found_among_many_that_wait_also_by_a_plan_for_any_parameters()
            throws SQLException {
        Set<IdempotencyKey> held = Set.of(IdempotencyKey.create(Instant.now()));
        store.due(BACKLOG, new CallStore.Wish("mail", held, CallStore.Wanted.ENDED, null, 500));
        String asked = plans.keySet().stream()
                .filter(sql -> sql.contains("refusal_status IS NOT NULL"))
                .findAny()
                .orElseThrow();

        String plan = genericPlan(asked);

        assertThat(plan).contains("nodoubt_call_apart").doesNotContain("nodoubt_call_due");
    }

    @Test
    void what_a_backlog_is_read_on_from_is_a_bound_of_the_index() {
        Instant since = Instant.now().minusSeconds(9);
        store.due(BACKLOG, new CallStore.Wish("mail", Set.of(), CallStore.Wanted.ALL, since, 500));

        assertThat(plans.values())
                .anySatisfy(plan -> assertThat(plan)
                        .containsPattern("Index Scan using nodoubt_call_due.*\n *Index Cond: .*next_at >= "));
    }

    /** Vacuum looks at the table between two bursts, and the plans of the next one follow from what it saw. */
    @Test
    void rows_are_written_by_their_keys_also_when_the_table_was_last_seen_nearly_empty() throws SQLException {
        DataSource emptied = SharedPostgres.database("emptied");
        CallParts parts =
                new CallParts(new JdbcCallStore(new ExplainedDatabase(emptied, plans::put).dataSource()), emptied);
        CallBench bench = new CallBench(parts);
        long me = bench.join();
        Sql.execute(emptied, OPEN);
        Sql.execute(emptied, "DELETE FROM nodoubt_call");
        Call first = bench.call("first");
        Call second = bench.call("second");
        Call third = bench.call("third");
        bench.record(me, first);
        Sql.execute(emptied, "ANALYZE nodoubt_call");
        bench.record(me, second);
        bench.record(me, third);
        plans.clear();

        bench.settle(me, first, CallBench.EXECUTED);
        bench.defer(me, second, CallBench.progress(CallState.IN_DOUBT));
        bench.postpone(me, third);

        assertThat(plans.values().stream().filter(plan -> plan.contains("nodoubt_call c")))
                .hasSize(3)
                .allSatisfy(plan ->
                        assertThat(plan).contains("Index Scan using nodoubt_call_pkey", "Index Cond: (call_key"));
    }

    /** It runs in the application's transaction, whose settings are not ours: no plan of it may be a bad one. */
    @Test
    void recording_reads_no_rows_of_the_table() throws SQLException {
        CallBench bench = new CallBench(new CallParts(store, new ExplainedDatabase(database, plans::put).dataSource()));
        long me = bench.join();

        bench.record(me, bench.call("bare"));
        bench.record(me, bench.call("labelled").withReference("order 1"));

        assertThat(plans.entrySet().stream()
                        .filter(plan -> plan.getKey().contains("INSERT INTO nodoubt_call "))
                        .map(Map.Entry::getValue))
                .hasSize(2)
                .allSatisfy(plan -> assertThat(plan).doesNotContain("Scan"));
    }

    private static String genericPlan(String sql) throws SQLException {
        AtomicInteger parameters = new AtomicInteger();
        String numbered = Pattern.compile("\\?").matcher(sql).replaceAll(mark -> "\\$" + parameters.incrementAndGet());
        String nulls = String.join(", ", Collections.nCopies(parameters.get(), "NULL"));
        StringBuilder plan = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE asked AS " + numbered);
            try (ResultSet lines = statement.executeQuery("EXPLAIN EXECUTE asked(" + nulls + ")")) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
        }
        return plan.toString();
    }

    @Test
    void a_call_is_recorded_found_and_settled_by_its_keys() throws SQLException {
        CallBench bench = new CallBench(new CallParts(store, new ExplainedDatabase(database, plans::put).dataSource()));
        long me = bench.join();
        Call first = bench.call("first").withBusinessKey("order 1").withTag("a").inOrderOf("account 1");
        Call second = bench.call("second").inOrderOf("account 1");
        Call third = bench.call("third").inOrderOf("account 1");
        for (Call call : List.of(first, second, third)) {
            bench.record(me, call);
        }

        store.cancel(third.key());
        bench.settle(me, first, CallBench.EXECUTED);
        bench.defer(me, second, CallBench.progress(CallState.UNRESOLVED));
        bench.postpone(me, third);
        store.settle(second.key(), CallBench.EXECUTED, "seen", (transaction, known) -> {});
        store.resumeOrder(bench.target, "account 1");
        store.find(first.key());
        store.find(bench.target, CallBench.OPERATION, "order 1");
        store.attempts(first.key());

        assertIndexed();
    }

    @Test
    void a_page_reads_as_many_calls_as_it_shows() {
        CallQuery all = CallQuery.NEWEST;
        for (CallQuery query : List.of(
                all,
                all.to("mail"),
                all.to("rare"),
                all.to("nowhere"),
                all.in(CallState.NEVER),
                all.in(CallState.UNRESOLVED),
                all.in(CallState.EXECUTED).to("rare"),
                all.withReference("order 7"),
                all.withTag("tag7"))) {
            store.search(query);
        }

        assertIndexed();
    }

    @Test
    void a_purge_reads_what_it_removes_and_nothing_when_there_is_nothing() {
        Duration longAgo = Duration.ofDays(40);
        assertThat(store.purge(new CallStore.Retention(longAgo, longAgo), 1_000))
                .isZero();
        assertIndexed();
        plans.clear();

        Duration days = Duration.ofDays(29);
        assertThat(store.purge(new CallStore.Retention(days, days), 1_000)).isPositive();
        assertThat(plans.keySet()).anyMatch(sql -> sql.contains("nodoubt_order"));
        assertIndexed();
    }
}
