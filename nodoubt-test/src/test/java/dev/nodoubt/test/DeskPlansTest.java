package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Attention;
import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallPage;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Count;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.DeskStore.AuditQuery;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.Overview;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.gate.GateKeyQuery;
import dev.nodoubt.gate.GateKeyStatus;
import dev.nodoubt.jdbc.JdbcDeskStore;
import dev.nodoubt.jdbc.JdbcGateDesk;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How PostgreSQL executes what operators ask for when its tables are big: never by reading one from end to end. */
class DeskPlansTest {

    private static final int CALLS = 100_000;

    private static final String BIG = "Seq Scan on nodoubt_(settled|tag|attempt|call|gate|audit)\\b";

    /** In the last hours; every tenth open call was possibly sent, every hundredth of those needs a person. */
    private static final String TIME = "now() - (%d - n) * interval '0.1 seconds'".formatted(CALLS);

    private static final String KEY = """
            (WITH t AS (SELECT lpad(to_hex((extract(epoch FROM %s) * 1000)::bigint), 12, '0') AS ms)
             SELECT (left(ms, 8) || '-' || right(ms, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid FROM t)
            """.formatted(TIME);

    private static final List<String> ROWS = List.of(
            """
            INSERT INTO nodoubt_settled (call_key, state, why, attempts, recorded_at, settled_at, target, method, path,
                                         reply_status, reply_headers, reference)
            SELECT %s, CASE WHEN n %% 1000 = 0 THEN 'never' ELSE 'executed' END,
                   CASE WHEN n %% 1000 = 0 THEN 'FENCED' END, 1, %s, %s,
                   CASE WHEN n %% 10000 = 0 THEN 'rare' ELSE 'mail' END, 'POST', '/', 202, '', 'order ' || n
            FROM generate_series(1, %d) AS s(n)
            """.formatted(KEY, TIME, TIME, CALLS),
            """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last, doubt_since)
            SELECT %s, 1, CASE WHEN n %% 1000 = 0 THEN 'unresolved' WHEN n %% 10 = 0 THEN 'in-doubt' ELSE 'waiting' END,
                   n %% 7, false, %s, now(), now() + interval '1 day', CASE WHEN n %% 10000 = 0 THEN 'rare' ELSE 'mail' END,
                   'POST', '/api/orders/' || n, 'text/plain', repeat('x', 300)::bytea, sha256(repeat('x', 300)::bytea),
                   'lost: no answer within ' || n || ' ms', CASE WHEN n %% 10 = 0 THEN %s END
            FROM generate_series(1, %d) AS s(n)
            """.formatted(KEY, TIME, TIME, CALLS),
            "INSERT INTO nodoubt_tag SELECT 'tag' || reference, call_key FROM nodoubt_settled",
            """
            INSERT INTO nodoubt_audit (done_at, actor, action, target, call_key, reason)
            SELECT recorded_at, 'kim', 'attempt', target, call_key, '' FROM nodoubt_settled
            """,
            """
            INSERT INTO nodoubt_gate (key_time, recorded_at, status, fingerprint_version, state, scope, idempotency_key,
                                      fingerprint, operation, headers)
            SELECT recorded_at, recorded_at, 201, 1, 'EXECUTED', 'shop-' || attempts, call_key::text,
                   sha256('x'::bytea), 'POST /', '' FROM nodoubt_settled
            """,
            "VACUUM ANALYZE");

    private static final CallFilter ALL = CallFilter.of(CallQuery.NEWEST);

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static DataSource database;

    private final Map<String, String> plans = new TreeMap<>();
    private final DataSource explained = new ExplainedDatabase(database, plans::put).dataSource();
    private final DeskStore desk = new JdbcDeskStore(explained);
    private final JdbcGateDesk gate = new JdbcGateDesk(explained);

    @BeforeAll
    static void fill() throws SQLException {
        database = SharedPostgres.database("deskplans");
        for (String rows : ROWS) {
            Sql.execute(database, rows);
        }
    }

    private void assertIndexed() {
        assertThat(plans).isNotEmpty();
        assertThat(plans.values()).allSatisfy(plan -> assertThat(plan).doesNotContainPattern(BIG));
    }

    @Test
    void an_overview_counts_up_to_its_bound_and_says_so() {
        Overview overview = desk.overview(Duration.ofDays(1));

        Count atLeast = new Count(Overview.BOUND, true);
        assertThat(overview.in(CallState.IN_DOUBT)).isEqualTo(new Count(CALLS / 10 - CALLS / 1000, false));
        assertThat(overview.in(CallState.UNRESOLVED)).isEqualTo(new Count(CALLS / 1000, false));
        assertThat(overview.in(CallState.WAITING).more()).isTrue();
        assertThat(overview.settled().counts().get(CallState.EXECUTED))
                .isNotNull()
                .satisfies(executed -> assertThat(executed.more()).isTrue());
        assertThat(overview.in(CallState.WAITING).value()).isLessThanOrEqualTo(atLeast.value());
        assertThat(overview.targets()).extracting(Overview.OfTarget::target).containsExactly("mail", "rare");
        assertThat(overview.oldest()).isNotNull();
        assertIndexed();
    }

    @Test
    void a_page_reads_as_many_calls_as_it_shows() {
        IdempotencyKey middle = middle();
        CallQuery newest = CallQuery.NEWEST;
        for (CallFilter filter : List.of(
                ALL,
                ALL.olderThan(middle),
                ALL.newerThan(middle),
                ALL.withKeyPrefix(middle.value().substring(0, 13)),
                ALL.made(Instant.now().minusSeconds(600), Instant.now()),
                ALL.withQuery(newest.to("rare").in(CallState.EXECUTED)),
                ALL.withQuery(newest.in(CallState.UNRESOLVED)),
                ALL.withQuery(newest.in(CallState.IN_DOUBT)),
                ALL.withQuery(newest.in(CallState.NEVER)),
                ALL.withQuery(newest.withReference("order 7")),
                ALL.withQuery(newest.withTag("tagorder 7")))) {
            desk.search(filter);
        }

        assertIndexed();
    }

    /** A plan for any state would walk all calls to find those that are in none of it. */
    @Test
    void a_search_by_state_is_planned_for_that_state() {
        desk.search(ALL.withQuery(CallQuery.NEWEST.in(CallState.UNRESOLVED)));
        desk.search(ALL.withQuery(CallQuery.NEWEST.in(CallState.NEVER)));

        assertThat(plans.entrySet())
                .anySatisfy(planned -> {
                    assertThat(planned.getKey()).contains("state IN ('unresolved')");
                    assertThat(planned.getValue()).containsPattern("nodoubt_call_(apart|doubt)");
                })
                .anySatisfy(planned -> {
                    assertThat(planned.getKey()).contains("state IN ('never')");
                    assertThat(planned.getValue()).contains("nodoubt_settled_other");
                });
    }

    private IdempotencyKey middle() {
        return desk.search(ALL.made(null, Instant.now().minusSeconds(CALLS / 20)))
                .calls()
                .get(0)
                .key();
    }

    @Test
    void a_search_that_no_index_answers_ends_at_its_bound_and_goes_on_from_there() {
        CallFilter rare = ALL.withText("within 7 ms");

        CallPage page = desk.search(rare);
        int pages = 1;
        while (page.searchedTo() != null) {
            assertThat(page.calls()).isEmpty();
            page = desk.search(rare.olderThan(page.searchedTo()));
            pages++;
        }

        assertThat(page.calls()).extracting(RecordedCall::last).containsExactly("lost: no answer within 7 ms");
        assertThat(pages).isEqualTo(CALLS / CallFilter.BOUND);
        assertThat(desk.search(ALL.withAttemptsMoreThan(100)).searchedTo()).isNotNull();
        assertIndexed();
    }

    @Test
    void what_needs_attention_is_read_by_the_index_of_doubts() {
        Attention attention = desk.attention(Duration.ofMinutes(1));

        assertThat(attention.groups()).extracting(Attention.Group::target).contains("mail", "rare");
        assertThat(attention.cut()).isTrue();
        assertIndexed();
    }

    @Test
    void a_call_its_bytes_and_the_audit_are_read_by_their_keys() {
        IdempotencyKey key = middle();
        Operator operator = Operator.named("kim");

        desk.detail(key);
        desk.reveal(key, operator);
        desk.attempt(key, operator);
        desk.giveUp(key, operator);
        desk.audit(AuditQuery.NEWEST);
        desk.audit(AuditQuery.NEWEST.by("kim"));

        assertIndexed();
    }

    @Test
    void a_page_of_the_gates_keys_reads_as_many_as_it_shows() {
        GateKeyQuery newest = GateKeyQuery.NEWEST;
        List<GateKeyStatus> first = gate.search(newest).keys();
        GateKeyStatus last = first.get(first.size() - 1);
        for (GateKeyQuery query : List.of(
                newest.after(last),
                newest.beginningWith(last.key().key().value()),
                newest.of(last.key().scope()),
                newest.of(last.key().scope()).after(last),
                newest.of(last.key().scope()).beginningWith("0"),
                newest.in(GateKeyStatus.State.FENCED))) {
            gate.search(query);
        }
        gate.usage();

        assertThat(first).hasSize(100);
        assertIndexed();
    }
}
