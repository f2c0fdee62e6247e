package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateSettings.ForeignKeys;
import dev.nodoubt.gate.GateSettings.Keys;
import dev.nodoubt.gate.GateSettings.Quota;
import dev.nodoubt.gate.GateSettings.Retention;
import dev.nodoubt.gate.GateUpkeep;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a gate must do over every {@link dev.nodoubt.gate.GateStore}: horizon, purge, retention of bodies, quotas. Extend
 * it, name the parts, and run it.
 */
public abstract class GateUpkeepContract {

    private static final Reply CREATED = new Reply(201, Map.of("Location", "/x/7"), Payload.json("{\"id\":7}"));
    private static final Reply WITHOUT_BODY = new Reply(201, Map.of(), null);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Keys are taken for a minute, bodies kept for one, rows for two. */
    private static final GateSettings SHORT = GateSettings.DEFAULT
            .with(new Keys(MINUTE, Duration.ZERO, true, ForeignKeys.REJECT))
            .with(new Retention(MINUTE.multipliedBy(2), MINUTE, MINUTE, 2));

    private GateBench bench;
    private Gate gate;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void prepare() {
        bench = new GateBench(parts());
        bench.setHorizon(Instant.EPOCH);
        gate = bench.gateWith(SHORT);
    }

    @AfterEach
    void letOldKeysExecuteAgain() {
        bench.setHorizon(Instant.EPOCH);
    }

    private static void round(Gate gate) throws SQLException {
        try (GateUpkeep upkeep = new GateUpkeep(gate)) {
            upkeep.round();
        }
    }

    private Admission execute(IdempotencyKey key) {
        return gate.execute(GateBench.request(key, GateBench.BODY), effect(key, CREATED));
    }

    @Test
    void a_purged_key_is_expired_and_never_executes_again() throws SQLException {
        IdempotencyKey old = bench.newKey();
        execute(old);
        bench.clock.advance(MINUTE);
        IdempotencyKey young = bench.newKey();
        execute(young);
        bench.clock.advance(MINUTE);

        round(gate);

        assertThat(bench.rows(old)).isZero();
        assertThat(bench.rows(young)).isEqualTo(1);
        assertWithheld(gate.execute(GateBench.request(old, GateBench.BODY), none()), Reason.KEY_EXPIRED);
        assertThat(gate.query(GateBench.SCOPE, old).answer()).isEqualTo(new Answer.Expired());
        assertThat(gate.fence(GateBench.SCOPE, old, Duration.ZERO, "").answer()).isEqualTo(new Answer.Expired());
        assertThat(bench.effects(old)).isEqualTo(1);
        assertThat(gate.query(GateBench.SCOPE, young).answer()).isInstanceOf(Outcome.Executed.class);
    }

    @Test
    void a_key_that_executes_and_is_purged_while_its_duplicate_gets_ready_does_not_execute_twice() {
        IdempotencyKey key = bench.newKey();
        AtomicInteger inserts = new AtomicInteger();
        Gate duplicate = bench.gateWith(
                SHORT,
                store -> new InterferingGateStore(store, step -> {
                    if (step.equals("enter") && inserts.incrementAndGet() == 1) {
                        CompletableFuture.runAsync(() -> executeAndPurge(key)).join();
                    }
                }));

        assertWithheld(duplicate.execute(GateBench.request(key, GateBench.BODY), none()), Reason.KEY_EXPIRED);

        assertThat(bench.effects(key)).isEqualTo(1);
        assertThat(bench.rows(key)).isZero();
    }

    private void executeAndPurge(IdempotencyKey key) {
        assertThat(execute(key)).isInstanceOf(Admission.Executed.class);
        bench.clock.advance(MINUTE.multipliedBy(2));
        try {
            round(gate);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(bench.rows(key)).isZero();
    }

    @Test
    void a_purge_goes_in_bounded_batches_and_takes_tombstones_and_rejections_too() throws SQLException {
        round(gate); // what other tests left
        List<IdempotencyKey> keys = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            keys.add(bench.newKey());
            bench.clock.advance(Duration.ofMillis(1));
        }
        keys.subList(0, 3).forEach(this::execute);
        gate.fence(GateBench.SCOPE, keys.get(3), Duration.ZERO, "");
        gate.execute(GateBench.request(keys.get(4), GateBench.BODY), effect(keys.get(4), Reply.of(422)));
        bench.clock.advance(MINUTE.multipliedBy(2));
        AtomicInteger batches = new AtomicInteger();

        round(bench.gateWith(
                SHORT,
                store -> new InterferingGateStore(store, step -> {
                    batches.addAndGet(step.equals("purge") ? 1 : 0);
                })));

        assertThat(keys).allSatisfy(key -> assertThat(bench.rows(key)).isZero());
        assertThat(batches).hasValueBetween(4, 5); // two, two, one, none
    }

    @Test
    void a_clock_that_runs_ahead_of_the_databases_purges_nothing() throws SQLException {
        bench.clock.advance(
                Duration.between(bench.clock.instant(), parts().store().now()));
        IdempotencyKey key = bench.newKey();
        execute(key);
        bench.clock.advance(Duration.ofDays(365));

        round(gate);

        assertThat(bench.rows(key)).isEqualTo(1);
    }

    @Test
    void bodies_and_headers_are_erased_before_the_row_and_the_outcome_stays() throws SQLException {
        IdempotencyKey key = bench.newKey();
        IdempotencyKey refused = bench.newKey();
        execute(key);
        Reply refusal = Reply.of(422, Payload.json("{\"title\":\"no\"}"));
        gate.execute(GateBench.request(refused, GateBench.BODY), effect(refused, refusal));
        bench.clock.advance(MINUTE);

        round(gate);

        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(WITHOUT_BODY, true));
        assertThat(gate.query(GateBench.SCOPE, key).answer()).isEqualTo(new Outcome.Executed(WITHOUT_BODY));
        assertThat(bench.execute(refused, none()))
                .isEqualTo(new Admission.Rejected(new Reply(422, Map.of(), null), true));
    }

    @Test
    void a_body_of_a_key_that_executed_late_is_erased_too() throws SQLException {
        Gate patient = bench.gateWith(SHORT.with(new Retention(MINUTE.multipliedBy(30), MINUTE, MINUTE, 2))
                .with(new Keys(MINUTE.multipliedBy(20), Duration.ZERO, true, ForeignKeys.REJECT)));
        round(patient);
        IdempotencyKey late = bench.keyOfAge(MINUTE.multipliedBy(10));
        patient.execute(GateBench.request(late, GateBench.BODY), effect(late, CREATED));

        round(patient);

        assertThat(bench.execute(late, none())).isEqualTo(new Admission.Executed(WITHOUT_BODY, true));
    }

    @Test
    void forgetting_a_key_erases_its_reply_and_keeps_its_outcome() throws SQLException {
        IdempotencyKey key = bench.newKey();
        IdempotencyKey fenced = bench.newKey();
        execute(key);
        gate.fence(GateBench.SCOPE, fenced, Duration.ZERO, "");

        assertThat(gate.forget(GateBench.SCOPE, key)).isTrue();
        assertThat(gate.forget(GateBench.SCOPE, fenced)).isFalse();
        assertThat(gate.forget("other", key)).isFalse();
        assertThat(gate.forget(GateBench.SCOPE, bench.newKey())).isFalse();

        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(WITHOUT_BODY, true));
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void after_a_rewind_no_key_of_the_lost_time_executes() throws SQLException {
        IdempotencyKey lost = bench.newKey();
        execute(lost);
        bench.run("DELETE FROM nodoubt_gate WHERE idempotency_key = '" + lost.value() + "'");
        round(gate);
        long before = gate.incarnation();

        gate.rewound();

        assertThat(gate.incarnation()).isEqualTo(before + 1);
        assertWithheld(gate.execute(GateBench.request(lost, GateBench.BODY), none()), Reason.KEY_EXPIRED);
        assertThat(gate.fence(GateBench.SCOPE, lost, Duration.ZERO, "").answer())
                .isEqualTo(new Answer.Expired());
    }

    @Test
    void a_caller_at_its_quota_is_refused_and_others_are_not() throws SQLException {
        String scope = "quota" + System.nanoTime();
        Gate bounded = bench.gateWith(SHORT.with(new Quota(2, 1)));
        List<IdempotencyKey> keys = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            keys.add(bench.newKey());
        }

        executeIn(bounded, scope, keys.get(0));
        assertThat(bounded.fence(scope, keys.get(1), Duration.ZERO, "").answer())
                .isInstanceOf(Outcome.Never.class);
        assertThat(bounded.fence(scope, keys.get(2), Duration.ZERO, "").answer())
                .isInstanceOfSatisfying(
                        Answer.NotExecuted.class,
                        refused -> assertThat(refused.reply().status()).isEqualTo(429));
        executeIn(bounded, scope, keys.get(2));
        assertWithheld(executeIn(bounded, scope, keys.get(3)), Reason.QUOTA);

        assertThat(bench.rows(keys.get(3))).isZero();
        assertThat(executeIn(bounded, "another", keys.get(3))).isInstanceOf(Admission.Executed.class);
        assertThat(executeIn(bounded, scope, keys.get(0))).isEqualTo(new Admission.Executed(CREATED, true));
        assertThat(bounded.fence(scope, keys.get(0), Duration.ZERO, "").answer())
                .isInstanceOf(Outcome.Executed.class);
    }

    @Test
    void nodes_share_a_callers_quota_and_a_purge_makes_room() throws SQLException {
        String scope = "shared" + System.nanoTime();
        Gate one = bench.gateWith(SHORT.with(new Quota(2, 2)));
        executeIn(one, scope, bench.newKey());
        executeIn(one, scope, bench.newKey());
        round(one);
        Gate other = bench.gateWith(SHORT.with(new Quota(2, 2)));
        IdempotencyKey key = bench.newKey();

        executeIn(
                other,
                scope,
                bench.keyOfAge(Duration.ofHours(1))); // refused by its age; its caller is known from now on
        assertThat(executeIn(other, scope, key)).isInstanceOf(Admission.Executed.class);
        round(other);
        assertWithheld(executeIn(other, scope, bench.newKey()), Reason.QUOTA);

        bench.clock.advance(MINUTE.multipliedBy(2));
        round(other);
        executeIn(other, scope, bench.newKey());
        round(other);
        assertThat(executeIn(other, scope, bench.newKey())).isInstanceOf(Admission.Executed.class);
    }

    private static Admission executeIn(Gate gate, String scope, IdempotencyKey key) {
        return gate.execute(
                GateRequest.of(scope, key, "POST", "/api/notifications", GateBench.BODY), effect(key, CREATED));
    }
}
