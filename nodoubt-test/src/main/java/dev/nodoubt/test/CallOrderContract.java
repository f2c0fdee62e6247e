package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static dev.nodoubt.test.CallBench.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.Recording;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do with calls of one order key. */
public abstract class CallOrderContract {

    private static final Outcome REJECTED = new Outcome.Rejected(Reply.of(422));

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

    private Call ordered(String text) {
        return bench.call(text).inOrderOf("account 1");
    }

    /** So many calls of one order, recorded one after the other. */
    private List<Call> recorded(long holder, int calls) throws SQLException {
        List<Call> recorded = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Call call = ordered("call " + i);
            bench.record(holder, call);
            recorded.add(call);
        }
        return recorded;
    }

    @Test
    void a_call_behind_an_open_one_is_held_by_nobody_until_that_one_ends() throws SQLException {
        long me = bench.join();
        Call first = ordered("first");
        Call second = ordered("second");
        Call third = ordered("third");

        assertThat(bench.record(me, first)).isEqualTo(new Recording(first.key(), me, false));
        assertThat(bench.record(me, second)).isEqualTo(new Recording(second.key(), CallStore.NOBODY, false));
        bench.record(me, third);
        assertThat(bench.dueKeys(me)).containsExactly(first.key());
        assertThat(bench.takeOver(bench.join())).isZero();

        bench.settle(me, first, EXECUTED);
        assertThat(bench.dueKeys(me)).containsExactly(second.key());
        bench.settle(me, second, EXECUTED);
        assertThat(bench.dueKeys(me)).containsExactly(third.key());
    }

    @Test
    void other_orders_and_other_targets_do_not_wait() throws SQLException {
        long me = bench.join();
        bench.record(me, ordered("first"));

        assertThat(bench.record(me, bench.call("other").inOrderOf("account 2")).holder())
                .isEqualTo(me);
        CallBench other = new CallBench(parts());
        assertThat(other.record(me, other.call("other").inOrderOf("account 1")).holder())
                .isEqualTo(me);
    }

    @Test
    void a_call_that_was_rolled_back_holds_nobody_up() throws SQLException {
        long me = bench.join();
        bench.rolledBack(me, ordered("gone"));

        assertThat(bench.record(me, ordered("next")).holder()).isEqualTo(me);
    }

    @Test
    void a_transaction_that_reads_an_older_snapshot_sees_a_call_before_it_or_must_be_repeated() throws SQLException {
        long me = bench.join();
        Call first = ordered("first");
        Call second = ordered("second");
        try (Connection tx = bench.begin()) {
            tx.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            bench.record(tx, me, bench.call("takes the snapshot"));
            bench.record(me, first);

            long holder = bench.record(tx, me, second).holder();
            tx.commit();

            assertThat(holder).isEqualTo(CallStore.NOBODY);
            bench.settle(me, first, EXECUTED);
            assertThat(bench.dueKeys(me)).contains(second.key());
        } catch (CallStoreException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            fault -> assertThat(fault.getSQLState()).startsWith("40"));
            assertThat(store().find(second.key())).isEmpty();
        }
    }

    @Test
    void calls_recorded_at_once_run_one_after_the_other() throws Exception {
        long me = bench.join();
        List<Callable<Recording>> senders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            senders.add(() -> bench.record(me, ordered("together")));
        }

        List<Recording> recordings = Together.run(senders);

        assertThat(recordings).filteredOn(r -> r.holder() == me).hasSize(1);
        List<IdempotencyKey> ran = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<IdempotencyKey> due = bench.dueKeys(me);
            assertThat(due).hasSize(1);
            ran.addAll(due);
            bench.settle(new Settlement(due.get(0), me, EXECUTED, 1));
        }
        assertThat(Set.copyOf(ran)).hasSize(6);
        assertThat(bench.due(me)).isEmpty();
    }

    @Test
    void a_call_in_doubt_holds_its_order_up_and_one_that_nobody_can_resolve_does_not() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 2);

        bench.defer(me, calls.get(0), progress(CallState.IN_DOUBT));
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(0).key());

        bench.defer(me, calls.get(0), progress(CallState.UNRESOLVED));
        bench.defer(me, calls.get(0), progress(CallState.UNRESOLVED));
        assertThat(bench.dueKeys(me))
                .containsExactlyInAnyOrder(calls.get(0).key(), calls.get(1).key());
        bench.settle(me, calls.get(0), EXECUTED);
        assertThat(bench.record(me, ordered("third")).holder()).isEqualTo(CallStore.NOBODY);
    }

    @Test
    void an_order_stops_after_the_ends_that_it_is_told_and_goes_on_when_it_is_resumed() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 2);

        bench.settle(me, calls.get(0), REJECTED, CallState.REJECTED);

        assertThat(bench.due(me)).isEmpty();
        assertThat(bench.record(me, ordered("later")).holder()).isEqualTo(CallStore.NOBODY);
        assertThat(store().resumeOrder(bench.target, "account 1")).isTrue();
        assertThat(store().resumeOrder(bench.target, "account 1")).isFalse();
        assertThat(store().resumeOrder(bench.target, "no such order")).isFalse();
        bench.takeOver(me);
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(1).key());
    }

    @Test
    void an_order_that_stopped_keeps_even_a_call_without_predecessor_waiting() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 1);
        bench.settle(me, calls.get(0), REJECTED, CallState.REJECTED);
        Call next = ordered("next");

        assertThat(bench.record(me, next).holder()).isEqualTo(CallStore.NOBODY);
        assertThat(bench.takeOver(me)).isZero();

        store().resumeOrder(bench.target, "account 1");
        bench.takeOver(me);
        assertThat(bench.dueKeys(me)).containsExactly(next.key());
    }

    @Test
    void an_order_that_stops_at_an_unresolved_call_goes_on_when_it_is_resumed() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 3);

        bench.defer(me, calls.get(0), progress(CallState.UNRESOLVED), CallState.UNRESOLVED);
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(0).key());

        assertThat(store().resumeOrder(bench.target, "account 1")).isTrue();
        bench.takeOver(me);
        assertThat(bench.dueKeys(me))
                .containsExactlyInAnyOrder(calls.get(0).key(), calls.get(1).key());
        bench.settle(me, calls.get(0), EXECUTED);
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(1).key());
    }

    @Test
    void an_unresolved_call_that_is_settled_by_hand_lets_its_order_go_on() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 2);
        bench.defer(me, calls.get(0), progress(CallState.UNRESOLVED), CallState.UNRESOLVED);

        store().settle(calls.get(0).key(), EXECUTED, "seen in the book", null);

        bench.takeOver(me);
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(1).key());
    }

    @Test
    void a_call_that_waits_for_its_turn_can_be_given_up() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 3);
        Call late = ordered("late").withDeadline(Duration.of(1, ChronoUnit.MICROS));
        bench.record(me, late);

        store().cancel(calls.get(1).key());
        assertThat(bench.takeOver(me)).isEqualTo(2);

        assertThat(bench.due(me))
                .filteredOn(call -> call.progress().givingUp() != null)
                .extracting(call -> call.key())
                .containsExactlyInAnyOrder(calls.get(1).key(), late.key());
        bench.settle(me, calls.get(1), CallBench.NEVER);
        bench.settle(me, late, CallBench.NEVER);
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(0).key());
        bench.settle(me, calls.get(0), EXECUTED);
        assertThat(bench.dueKeys(me)).containsExactly(calls.get(2).key());
    }

    @Test
    void a_call_with_a_delay_keeps_it_when_its_turn_comes() throws SQLException {
        long me = bench.join();
        List<Call> calls = recorded(me, 1);
        Call delayed = ordered("delayed").withDelay(Duration.ofMinutes(5));
        bench.record(me, delayed);

        bench.settle(me, calls.get(0), EXECUTED);

        assertThat(bench.due(me)).isEmpty();
        assertThat(store().cancel(delayed.key())).isTrue();
        assertThat(bench.dueKeys(me)).containsExactly(delayed.key());
    }

    @Test
    void many_orders_that_end_and_grow_at_once_do_not_lock_each_other_out() throws Exception {
        long me = bench.join();
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            workers.add(() -> {
                int settled = 0;
                for (int i = 0; i < 10; i++) {
                    Call call = bench.call("busy").inOrderOf("busy " + i % 3);
                    if (bench.record(me, call).holder() == me) {
                        settled += bench.settle(me, call, EXECUTED).size();
                    }
                }
                return settled;
            });
        }
        Together.run(workers);

        for (List<IdempotencyKey> due = bench.dueKeys(me); !due.isEmpty(); due = bench.dueKeys(me)) {
            due.forEach(key -> bench.settle(new Settlement(key, me, EXECUTED, 1)));
        }
        assertThat(bench.record(me, bench.call("last").inOrderOf("busy 0")).holder())
                .isEqualTo(me);
    }
}
