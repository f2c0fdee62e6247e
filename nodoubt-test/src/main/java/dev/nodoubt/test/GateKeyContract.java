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
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a gate must do over every {@link dev.nodoubt.gate.GateStore}: old and foreign keys, and a store that fails. Extend it, name the parts, and run it.
 */
public abstract class GateKeyContract {

    private static final Reply CREATED = Reply.of(201, Payload.json("{\"id\":7}"));
    private static final Outcome NEVER = Outcome.Never.of(Outcome.Why.FENCED);

    private GateBench bench;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void prepare() {
        bench = new GateBench(parts());
        bench.setHorizon(Instant.EPOCH);
    }

    @Test
    void a_key_at_or_below_the_horizon_without_a_row_never_executes() {
        IdempotencyKey key = bench.keyOfAge(Duration.ofDays(1));
        Instant time = key.time().orElseThrow();
        bench.setHorizon(time);

        assertWithheld(bench.execute(key, none()), Reason.KEY_EXPIRED);
        assertThat(bench.query(key).answer()).isEqualTo(new Answer.Expired());
        assertThat(bench.fence(key).answer()).isEqualTo(new Answer.Expired());
        assertThat(bench.rows(key)).isZero();

        bench.setHorizon(time.minusMillis(1));
        assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);
    }

    @Test
    void a_horizon_that_rises_while_the_gate_gets_ready_is_seen() {
        IdempotencyKey key = bench.keyOfAge(Duration.ofDays(1));
        Gate raced = bench.gateWith(store -> new InterferingGateStore(store, step -> {
            if (step.equals("enter")) {
                bench.setHorizon(bench.clock.instant());
            }
        }));

        assertWithheld(raced.execute(GateBench.request(key, GateBench.BODY), none()), Reason.KEY_EXPIRED);
        assertThat(bench.rows(key)).isZero();
    }

    @Test
    void a_row_answers_though_its_key_is_below_the_horizon() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, CREATED));
        bench.setHorizon(bench.clock.instant());

        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(CREATED, true));
        assertThat(bench.query(key).answer()).isEqualTo(new Outcome.Executed(CREATED));
        assertThat(bench.fence(key).answer()).isEqualTo(new Outcome.Executed(CREATED));
    }

    @Test
    void a_key_older_than_the_window_is_replayed_and_fenced_and_not_executed() {
        IdempotencyKey executed = bench.newKey();
        bench.execute(executed, effect(executed, CREATED));
        bench.clock.advance(Duration.ofDays(15));
        IdempotencyKey old = bench.keyOfAge(Duration.ofDays(15));

        assertThat(bench.execute(executed, none())).isEqualTo(new Admission.Executed(CREATED, true));
        assertWithheld(bench.execute(old, none()), Reason.KEY_TOO_OLD);
        assertThat(bench.fence(old).answer()).isEqualTo(NEVER);

        bench.setHorizon(bench.clock.instant().minus(Duration.ofDays(15)));
        IdempotencyKey older = bench.keyOfAge(Duration.ofDays(16));
        assertWithheld(bench.execute(older, none()), Reason.KEY_EXPIRED);
    }

    @Test
    void a_key_from_the_future_or_without_a_time_is_neither_executed_nor_fenced() {
        IdempotencyKey future = bench.keyOfAge(Duration.ofMinutes(-6));
        IdempotencyKey foreign = IdempotencyKey.of("o'brien;drop_table--");

        for (IdempotencyKey key : new IdempotencyKey[] {future, foreign}) {
            assertWithheld(bench.execute(key, none()), Reason.KEY_INVALID);
            assertThat(bench.fence(key).answer()).isEqualTo(new Answer.Absent());
            assertThat(bench.rows(key)).isZero();
        }
    }

    @Test
    void a_key_is_stored_literally_and_found_by_its_exact_bytes_only() throws SQLException {
        IdempotencyKey key = IdempotencyKey.of("o'Brien;\\\"%_drop--" + System.nanoTime());
        IdempotencyKey other = IdempotencyKey.of(key.value().replace('B', 'b'));
        Fingerprint fingerprint = Fingerprint.raw("POST", "/x", GateBench.BODY);
        GateRow row = new GateRow.Rejected(fingerprint, "POST /x", null, bench.clock.instant(), CREATED);

        try (Transactions.Transaction transaction = parts().transactions().begin()) {
            parts().store()
                    .enter(
                            transaction.connection(),
                            new GateKey("s", key),
                            row,
                            new GateStore.Bound(
                                    Isolation.READ_COMMITTED,
                                    Duration.ZERO,
                                    Duration.ofSeconds(1),
                                    Duration.ofMinutes(1)));
            parts().store().release(transaction.connection());
            transaction.commit();
        }

        assertThat(parts().store().read(new GateKey("s", key))).isEqualTo(row);
        assertThat(parts().store().read(new GateKey("s", other))).isNull();
    }

    @Test
    void what_the_database_wants_repeated_is_repeated_before_the_handler_starts() {
        IdempotencyKey key = bench.newKey();
        AtomicInteger inserts = new AtomicInteger();
        Gate gate = bench.gateWith(store -> new InterferingGateStore(store, step -> {
            if (step.equals("enter") && inserts.incrementAndGet() < 5) {
                throw new SQLException("serialization failure", "40001");
            }
        }));

        Admission admission = gate.execute(GateBench.request(key, GateBench.BODY), effect(key, CREATED));

        assertThat(admission).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(inserts).hasValue(5);
    }

    @Test
    void what_the_database_wants_repeated_again_and_again_is_given_back() {
        AtomicInteger inserts = new AtomicInteger();
        Gate gate = bench.gateWith(store -> new InterferingGateStore(store, step -> {
            if (step.equals("enter")) {
                inserts.incrementAndGet();
                throw new SQLException("serialization failure", "40001");
            }
        }));
        IdempotencyKey key = bench.newKey();

        assertWithheld(gate.execute(GateBench.request(key, GateBench.BODY), none()), Reason.IN_PROGRESS);
        assertThat(inserts).hasValue(5);
        assertThat(gate.fence(GateBench.SCOPE, key, Duration.ZERO, "").answer()).isInstanceOf(Answer.InProgress.class);
        assertThat(inserts).hasValue(10);
    }

    @Test
    void a_store_that_fails_before_the_handler_means_not_executed_and_a_query_then_says_unknown() {
        Gate gate = bench.gateWith(store -> new InterferingGateStore(store, step -> {
            throw new SQLException("connection refused", "08001");
        }));
        IdempotencyKey key = bench.newKey();

        assertWithheld(gate.execute(GateBench.request(key, GateBench.BODY), none()), Reason.STORE_UNAVAILABLE);
        assertThat(gate.query(GateBench.SCOPE, key).answer()).isEqualTo(new Answer.Unknown());
        assertThat(gate.fence(GateBench.SCOPE, key, Duration.ZERO, "").answer()).isEqualTo(new Answer.Unknown());
    }
}
