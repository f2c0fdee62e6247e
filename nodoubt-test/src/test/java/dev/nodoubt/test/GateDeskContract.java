package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.DeskStore.AuditQuery;
import dev.nodoubt.call.Operator;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateKeyQuery;
import dev.nodoubt.gate.GateKeyStatus;
import dev.nodoubt.gate.GateKeyStatus.State;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateUpkeep;
import dev.nodoubt.jdbc.JdbcDeskStore;
import dev.nodoubt.jdbc.JdbcGateDesk;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator sees of a receiver, on every database. */
abstract class GateDeskContract {

    private static final Reply REPLY = new Reply(201, Map.of("Location", "/x/7"), Payload.json("{\"id\":7}"));

    private final String scope = "shop-" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Gate gate;

    @SuppressWarnings("NullAway.Init") // set before each test
    private GateBench bench;

    @SuppressWarnings("NullAway.Init") // set before each test
    private JdbcGateDesk desk;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void begin() {
        bench = new GateBench(parts());
        gate = bench.gate;
        desk = new JdbcGateDesk(bench.database);
        bench.setHorizon(Instant.EPOCH);
    }

    private void execute(IdempotencyKey key) {
        gate.execute(GateRequest.of(scope, key, "POST", "/api/orders", GateBench.BODY), GateBench.effect(key, REPLY));
    }

    private static List<IdempotencyKey> keys(JdbcGateDesk.Page page) {
        return page.keys().stream().map(status -> status.key().key()).toList();
    }

    @Test
    void keys_are_found_by_scope_beginning_and_state_newest_first() {
        List<IdempotencyKey> newestFirst = new ArrayList<>();
        for (int age = 5; age > 0; age--) {
            IdempotencyKey key = bench.keyOfAge(Duration.ofMinutes(age));
            newestFirst.add(0, key);
            execute(key);
        }
        IdempotencyKey fenced = bench.newKey();
        gate.fence(scope, fenced, Duration.ZERO, "the deadline passed");
        GateKeyQuery mine = GateKeyQuery.NEWEST.of(scope);

        GateKeyStatus tombstone = desk.search(mine.in(State.FENCED)).keys().get(0);
        assertThat(tombstone.key()).isEqualTo(new GateKey(scope, fenced));
        assertThat(tombstone.reason()).isEqualTo("the deadline passed");
        assertThat(tombstone.status()).isNull();
        assertThat(keys(desk.search(mine.in(State.EXECUTED)))).isEqualTo(newestFirst);
        IdempotencyKey oldest = newestFirst.get(4);
        JdbcGateDesk.Page found = desk.search(mine.beginningWith(oldest.value().substring(0, 20)));
        assertThat(keys(found)).containsExactly(oldest);
        assertThat(found.keys().get(0).operation()).isEqualTo("POST /api/orders");
        assertThat(found.keys().get(0).status()).isEqualTo(201);
        assertThat(found.keys().get(0).keyTime()).isEqualTo(oldest.time().orElseThrow());
        assertThat(found.cut()).isFalse();
    }

    @Test
    void a_key_is_found_by_its_beginning_whoever_it_belongs_to() {
        IdempotencyKey key = bench.newKey();
        execute(key);

        assertThat(keys(desk.search(GateKeyQuery.NEWEST.beginningWith(key.value()))))
                .containsExactly(key);
        assertThat(keys(desk.search(
                        GateKeyQuery.NEWEST.beginningWith(key.value().substring(0, 24)))))
                .contains(key);
    }

    @Test
    void the_pages_of_all_keys_show_each_one_once_also_those_of_one_time() {
        IdempotencyKey key = bench.newKey();
        List<String> scopes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            scopes.add(0, scope + i);
            gate.execute(GateRequest.of(scope + i, key, "POST", "/", GateBench.BODY), GateBench.effect(key, REPLY));
        }
        GateKeyQuery query = GateKeyQuery.NEWEST.beginningWith(key.value()).limit(2);

        List<String> seen = new ArrayList<>();
        JdbcGateDesk.Page page = desk.search(query);
        while (!page.keys().isEmpty()) {
            page.keys().forEach(status -> seen.add(status.key().scope()));
            page = desk.search(query.after(page.keys().get(page.keys().size() - 1)));
        }

        assertThat(seen).isEqualTo(scopes);
    }

    @Test
    void a_reply_is_shown_by_a_reveal_that_is_audited() {
        IdempotencyKey key = bench.newKey();
        execute(key);
        Operator operator = new Operator("kim-" + UUID.randomUUID(), "a customer asks");

        assertThat(desk.reveal(new GateKey(scope, key), operator)).hasValue(REPLY);
        assertThat(desk.reveal(new GateKey(scope, bench.newKey()), operator)).isEmpty();

        List<AuditEntry> entries = new JdbcDeskStore(bench.database).audit(AuditQuery.NEWEST.by(operator.actor()));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).action()).isEqualTo(AuditEntry.Action.REVEAL);
        assertThat(entries.get(0).by().reason()).contains(scope, key.digest(), "a customer asks");
    }

    @Test
    void usage_and_horizon_are_those_that_stand_in_the_tables() throws SQLException {
        execute(bench.newKey());
        gate.fence(scope, bench.newKey(), Duration.ZERO, "");
        try (GateUpkeep upkeep = new GateUpkeep(gate)) {
            upkeep.round();
        }

        assertThat(desk.usage().get(scope)).satisfies(usage -> {
            assertThat(usage.rows()).isEqualTo(2);
            assertThat(usage.tombstones()).isEqualTo(1);
        });
        assertThat(desk.horizon()).isEqualTo(parts().store().horizon());
    }

    @Test
    void a_gate_counts_what_it_decides() {
        IdempotencyKey key = bench.newKey();
        execute(key);
        execute(key);
        gate.execute(
                GateRequest.of(scope, key, "POST", "/api/orders", Payload.json("{\"other\":1}")), GateBench.none());
        gate.execute(GateRequest.of(scope, bench.newKey(), "POST", "/", GateBench.BODY), transaction -> Reply.of(503));

        assertThat(gate.counts().executed()).isEqualTo(1);
        assertThat(gate.counts().replayed()).isEqualTo(1);
        assertThat(gate.counts().notExecuted()).isEqualTo(1);
        assertThat(gate.counts().withheld(Reason.KEY_REUSED)).isEqualTo(1);
        assertThat(gate.counts().withheld(Reason.FENCED)).isZero();
    }
}
