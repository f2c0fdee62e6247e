package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore.Demands;
import dev.nodoubt.call.CallStore.Heard;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.DeskStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeskStore} must do with the wish for a call's next step, and every store of calls with it. */
public abstract class DeskWishContract {

    @SuppressWarnings("NullAway.Init") // set before each test
    private DeskBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    @BeforeEach
    void begin() {
        bench = new DeskBench(parts());
    }

    private Demands demands(long holder) {
        return demands(holder, Map.of());
    }

    private Demands demands(long holder, Map<IdempotencyKey, Boolean> done) {
        return bench.calls.store.demands(holder, new Heard(done, Set.of(), null));
    }

    @Test
    void an_attempt_now_makes_a_call_due_and_its_holder_hears_of_it_until_it_is_done() throws SQLException {
        long me = bench.calls.join();
        long other = bench.calls.join();
        Call call = bench.later(me, CallState.IN_DOUBT);
        assertThat(bench.calls.dueKeys(me)).isEmpty();

        Deed deed = bench.desk.attempt(call.key(), bench.operator);

        assertThat(deed).isEqualTo(new Deed(Deed.Result.DONE, CallState.IN_DOUBT));
        assertThat(bench.calls.dueKeys(me)).containsExactly(call.key());
        assertThat(demands(other).hurried()).isEmpty();
        assertThat(demands(me).hurried()).isEqualTo(Map.of(call.key(), false));
        assertThat(demands(me).hurried()).isEqualTo(Map.of(call.key(), false));
        assertThat(bench.calls.store.hurried(
                        List.of(call.key(), bench.calls.call("other").key())))
                .isEqualTo(Map.of(call.key(), false));
        assertThat(demands(me, Map.of(call.key(), false)).hurried()).isEmpty();
        assertThat(bench.calls.store.hurried(List.of(call.key()))).isEmpty();
        bench.assertAudited(Action.ATTEMPT, call);
    }

    @Test
    void who_asks_now_wants_a_query_and_only_of_a_call_that_was_possibly_sent() throws SQLException {
        long me = bench.calls.join();
        Call doubtful = bench.later(me, CallState.IN_DOUBT);
        Call waiting = bench.later(me, CallState.WAITING);

        assertThat(bench.desk.attempt(doubtful.key(), bench.operator).isDone()).isTrue();
        assertThat(bench.desk.ask(doubtful.key(), bench.operator).isDone()).isTrue();
        assertThat(bench.desk.ask(waiting.key(), bench.operator))
                .isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING));

        assertThat(demands(me, Map.of(doubtful.key(), false)).hurried()).isEqualTo(Map.of(doubtful.key(), true));
        assertThat(bench.actions()).containsExactly(Action.ASK, Action.ATTEMPT);
    }

    @Test
    void what_is_wanted_already_is_neither_wished_nor_audited_again() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.IN_DOUBT);
        Deed already = new Deed(Deed.Result.ALREADY, CallState.IN_DOUBT);

        assertThat(bench.desk.ask(call.key(), bench.operator).isDone()).isTrue();
        assertThat(bench.desk.ask(call.key(), bench.operator)).isEqualTo(already);
        assertThat(bench.desk.attempt(call.key(), bench.operator)).isEqualTo(already);
        assertThat(bench.actions()).containsExactly(Action.ASK);

        demands(me, Map.of(call.key(), true));
        assertThat(bench.desk.attempt(call.key(), bench.operator).isDone()).isTrue();
    }

    @Test
    void a_wanted_call_that_is_not_in_memory_becomes_due_again_but_none_that_cannot_be_asked_about()
            throws SQLException {
        long me = bench.calls.join();
        Call asked = bench.later(me, CallState.IN_DOUBT);
        Call held = bench.later(me, CallState.IN_DOUBT);
        Call unsent = bench.later(me, CallState.IN_DOUBT);
        for (Call call : List.of(asked, held, unsent)) {
            bench.desk.ask(call.key(), bench.operator);
            bench.defer(me, call, call.equals(unsent) ? CallState.WAITING : CallState.IN_DOUBT);
        }
        assertThat(bench.calls.dueKeys(me)).isEmpty();

        bench.calls.store.demands(me, new Heard(Map.of(), Set.of(held.key()), null));

        assertThat(bench.calls.dueKeys(me)).containsExactly(asked.key());
    }

    @Test
    void many_wishes_are_heard_a_page_at_a_time() throws SQLException {
        long me = bench.calls.join();
        int wishes = 1_100;
        try (Connection transaction = bench.calls.begin();
                PreparedStatement hurry = transaction.prepareStatement(
                        "INSERT INTO nodoubt_hurry (call_key, asks) SELECT call_key, false FROM nodoubt_call WHERE"
                                + " target = ?")) {
            for (int i = 0; i < wishes; i++) {
                bench.calls.record(transaction, me, bench.calls.call("many"));
            }
            hurry.setString(1, bench.calls.target);
            hurry.executeUpdate();
            transaction.commit();
        }

        Set<IdempotencyKey> heard = new HashSet<>();
        IdempotencyKey end = null;
        do {
            Demands page = bench.calls.store.demands(me, new Heard(Map.of(), Set.of(), end));
            assertThat(page.hurried()).hasSizeLessThanOrEqualTo(500);
            heard.addAll(page.hurried().keySet());
            end = page.end();
        } while (end != null);

        assertThat(heard).hasSize(wishes);
    }

    @Test
    void two_nodes_forget_the_same_wishes_at_once() throws Exception {
        long me = bench.calls.join();
        long other = bench.calls.join();
        for (int round = 0; round < 5; round++) {
            List<Call> wanted = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Call call = bench.later(me, CallState.IN_DOUBT);
                bench.desk.attempt(call.key(), bench.operator);
                wanted.add(call);
            }
            for (Call call : wanted) {
                bench.calls.settle(me, call, EXECUTED);
            }
            Map<IdempotencyKey, Boolean> done = new HashMap<>();
            wanted.forEach(call -> done.put(call.key(), false));

            List<Demands> heard =
                    Together.run(List.of(() -> demands(me, done), () -> demands(other), () -> demands(me)));

            assertThat(heard)
                    .allSatisfy(demands -> assertThat(demands.hurried()).isEmpty());
            assertThat(bench.calls.store.hurried(wanted.stream().map(Call::key).toList()))
                    .isEmpty();
        }
    }

    /** An attempt was under way when its next one was wanted, and has written since that it may wait. */
    @Test
    void a_call_whose_next_attempt_is_still_wanted_at_once_is_not_cancelled() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.WAITING);
        bench.desk.attempt(call.key(), bench.operator);
        bench.defer(me, call, CallState.WAITING);

        assertThat(bench.cancel(call)).isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING));
        demands(me, Map.of(call.key(), false));
        assertThat(bench.cancel(call).isDone()).isTrue();
    }

    @Test
    void a_call_that_waits_for_its_turn_is_not_attempted_before_it() throws SQLException {
        long me = bench.calls.join();
        bench.calls.record(me, bench.calls.call("first").inOrderOf("account 1"));
        Call second = bench.calls.call("second").inOrderOf("account 1");
        bench.calls.record(me, second);

        assertThat(bench.desk.attempt(second.key(), bench.operator))
                .isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING));
        assertThat(bench.desk.giveUp(second.key(), bench.operator).isDone()).isTrue();
    }

    @Test
    void the_wish_for_a_call_that_is_settled_before_its_holder_hears_of_it_is_gone() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.IN_DOUBT);
        bench.desk.attempt(call.key(), bench.operator);
        bench.calls.settle(me, call, EXECUTED);

        assertThat(demands(me).hurried()).isEmpty();
    }
}
