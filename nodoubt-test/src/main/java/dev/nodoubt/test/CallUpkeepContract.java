package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AttemptRecord;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.Retention;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.call.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do with evidence, and with what is past its retention. */
public abstract class CallUpkeepContract {

    private static final Duration LONG = Duration.ofDays(30);
    private static final Duration NOTHING = Duration.of(1, ChronoUnit.MICROS);

    @SuppressWarnings("NullAway.Init") // set before each test
    private CallBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract CallParts parts();

    @BeforeEach
    void begin() {
        bench = new CallBench(parts());
    }

    private CallStore store() {
        return bench.store;
    }

    private static AttemptRecord attempt(Call call, int number) {
        return new AttemptRecord(
                call.key(),
                number,
                Step.QUERY,
                7,
                CallBench.past(),
                Duration.ofMillis(1200),
                new Crossing.Phases(Duration.ofMillis(1), Duration.ZERO, Duration.ofMillis(1100)),
                new AttemptRecord.Learnt("in-progress", 409, "still at work"));
    }

    private void write(AttemptRecord... attempts) {
        store().write(new CallStore.Batch(List.of(), List.of(), List.of(), List.of(attempts), Map.of()));
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = parts().database().getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM " + table);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void purgeAll(Retention retention) {
        while (store().purge(retention, 50) > 0) {
            // until nothing is left
        }
    }

    @Test
    void the_evidence_of_attempts_is_read_as_it_was_written_and_stays_when_it_is_written_again() throws SQLException {
        Call call = bench.call("attempted");
        bench.record(bench.join(), call);
        AttemptRecord second = attempt(call, 2);
        AttemptRecord first = new AttemptRecord(
                call.key(),
                1,
                Step.EXECUTE,
                7,
                CallBench.past(),
                Duration.ofSeconds(3),
                null,
                new AttemptRecord.Learnt("lost", null, ""));

        write(second);
        write(first, second);

        assertThat(store().attempts(call.key())).containsExactly(first, second);
        assertThat(store().attempts(bench.call("none").key())).isEmpty();
    }

    @Test
    void what_is_within_its_retention_stays() throws SQLException {
        long me = bench.join();
        Call call = bench.call("kept").withBusinessKey("order 1").withTag("a");
        bench.record(me, call);
        write(attempt(call, 1));
        bench.settle(me, call, EXECUTED);

        purgeAll(Retention.DEFAULT);

        assertThat(store().find(bench.target, CallBench.OPERATION, "order 1")).isPresent();
        assertThat(store().attempts(call.key())).hasSize(1);
    }

    @Test
    void a_settled_call_goes_with_its_tags_evidence_and_order_and_its_business_key_by_its_own_time()
            throws SQLException {
        long me = bench.join();
        Call call = bench.call("old")
                .withBusinessKey("order 2")
                .withTag("a")
                .withTag("b")
                .inOrderOf("account 1");
        bench.record(me, call);
        write(attempt(call, 1), attempt(call, 2));
        bench.settle(me, call, EXECUTED);

        purgeAll(new Retention(NOTHING, LONG));

        assertThat(store().find(call.key())).isEmpty();
        assertThat(store().attempts(call.key())).isEmpty();
        assertThat(rows("nodoubt_settled")).isZero();
        assertThat(rows("nodoubt_order WHERE open_calls = 0")).isZero();
        assertThat(rows("nodoubt_tag WHERE call_key = '" + call.key().value() + "'"))
                .isZero();
        assertThat(bench.record(me, bench.call("again").withBusinessKey("order 2"))
                        .earlier())
                .isTrue();

        purgeAll(new Retention(LONG, NOTHING));
        assertThat(bench.record(me, bench.call("again").withBusinessKey("order 2"))
                        .earlier())
                .isFalse();
    }

    @Test
    void open_calls_their_business_keys_and_stopped_orders_are_never_purged() throws SQLException {
        long me = bench.join();
        Call open = bench.call("open").withBusinessKey("order 3").withTag("a").inOrderOf("open");
        Call ended = bench.call("ended").inOrderOf("stopped");
        bench.record(me, open);
        bench.record(me, ended);
        write(attempt(open, 1));
        bench.settle(me, ended, EXECUTED, CallState.EXECUTED);

        purgeAll(new Retention(NOTHING, NOTHING));

        assertThat(store().find(bench.target, CallBench.OPERATION, "order 3")).isPresent();
        assertThat(store().attempts(open.key())).hasSize(1);
        assertThat(bench.record(me, bench.call("behind").inOrderOf("open")).holder())
                .isEqualTo(CallStore.NOBODY);
        assertThat(store().resumeOrder(bench.target, "stopped")).isTrue();
    }

    @Test
    void an_order_stays_while_it_is_used_and_goes_when_it_is_resumed_with_nothing_behind() throws SQLException {
        long me = bench.join();
        Call ended = bench.call("ended").inOrderOf("account 1");
        Call stops = bench.call("stops").inOrderOf("account 2");
        Call open = bench.call("open").inOrderOf("account 1");
        bench.record(me, ended);
        bench.settle(me, ended, EXECUTED);
        bench.record(me, open);
        bench.record(me, stops);
        bench.settle(me, stops, EXECUTED, CallState.EXECUTED);

        purgeAll(new Retention(NOTHING, LONG));

        assertThat(bench.record(me, bench.call("behind").inOrderOf("account 1")).holder())
                .isEqualTo(CallStore.NOBODY);
        long before = rows("nodoubt_order");
        assertThat(store().resumeOrder(bench.target, "account 2")).isTrue();
        assertThat(rows("nodoubt_order")).isEqualTo(before - 1);
        assertThat(bench.record(me, bench.call("again").inOrderOf("account 2")).holder())
                .isEqualTo(me);
    }

    @Test
    void an_old_call_that_was_settled_only_now_is_kept() throws SQLException {
        long me = bench.join();
        Call old = new Call(
                IdempotencyKey.create(Instant.now().minus(Duration.ofDays(300))),
                bench.call("old").request(),
                Call.Timing.DEFAULT,
                Call.Labels.NONE);
        bench.record(me, old);
        bench.settle(me, old, EXECUTED);

        purgeAll(Retention.DEFAULT);
        assertThat(store().find(old.key())).isPresent();

        purgeAll(new Retention(NOTHING, LONG));
        assertThat(store().find(old.key())).isEmpty();
    }

    @Test
    void a_purge_takes_no_more_than_its_batch() throws SQLException {
        long me = bench.join();
        purgeAll(new Retention(NOTHING, NOTHING));
        for (int i = 0; i < 5; i++) {
            Call call = bench.call("old");
            bench.record(me, call);
            bench.settle(me, call, EXECUTED);
        }

        assertThat(store().purge(new Retention(NOTHING, LONG), 3)).isEqualTo(3);
        assertThat(store().purge(new Retention(NOTHING, LONG), 3)).isEqualTo(2);
    }
}
