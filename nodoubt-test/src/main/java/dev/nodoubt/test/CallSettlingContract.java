package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static dev.nodoubt.test.CallBench.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.HandlerException;
import dev.nodoubt.call.KnownCall;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.Postponement;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Settlement;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do with outcome handlers, and with what a person settles. */
public abstract class CallSettlingContract {

    @SuppressWarnings("NullAway.Init") // set before each test
    private CallBench bench;

    @SuppressWarnings("NullAway.Init") // set before each test
    private HandledRows handled;

    /** The store under test, the same one for all tests. */
    protected abstract CallParts parts();

    @BeforeEach
    void begin() throws SQLException {
        bench = new CallBench(parts());
        handled = new HandledRows(parts().database());
    }

    private CallStore store() {
        return bench.store;
    }

    private Set<IdempotencyKey> settle(long holder, OutcomeHandler handler, Call... calls) {
        List<Settlement> settlements = new ArrayList<>();
        for (Call call : calls) {
            settlements.add(new Settlement(call.key(), holder, EXECUTED, 2));
        }
        return store().settle(settlements, handler, Set.of());
    }

    @Test
    void a_call_is_settled_together_with_what_its_handler_does_and_the_handler_sees_the_exact_bytes()
            throws SQLException {
        long me = bench.join();
        Call call = bench.call("handled").withHandler("h").withReference("customer 1");
        bench.record(me, call);
        List<KnownCall> seen = new ArrayList<>();

        Set<IdempotencyKey> held = settle(
                me,
                (transaction, known) -> {
                    HandledRows.note(transaction, known);
                    seen.add(known);
                },
                call);

        assertThat(held).containsExactly(call.key());
        assertThat(handled.of(call)).containsExactly("Executed");
        assertThat(seen).containsExactly(new KnownCall(call.key(), call.request(), call.labels(), EXECUTED, 2));
        assertThat(bench.state(call)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_handler_that_throws_leaves_nothing_behind() throws SQLException {
        long me = bench.join();
        Call good = bench.call("good").withHandler("h");
        Call bad = bench.call("bad").withHandler("h");
        bench.record(me, good);
        bench.record(me, bad);
        OutcomeHandler throwing = (transaction, known) -> {
            HandledRows.note(transaction, known);
            if (known.key().equals(bad.key())) {
                throw new IOException("no");
            }
        };

        assertThatThrownBy(() -> settle(me, throwing, good, bad))
                .isInstanceOf(HandlerException.class)
                .hasCauseInstanceOf(IOException.class);

        assertThat(handled.of(good)).isEmpty();
        assertThat(bench.dueKeys(me)).containsExactlyInAnyOrder(good.key(), bad.key());
        assertThat(settle(me, throwing, good)).containsExactly(good.key());
    }

    @Test
    void a_statement_that_failed_in_a_handler_and_was_not_noticed_settles_nothing_half() throws SQLException {
        long me = bench.join();
        Call call = bench.call("broken").withHandler("h");
        bench.record(me, call);
        OutcomeHandler careless = (transaction, known) -> {
            HandledRows.note(transaction, known);
            try {
                HandledRows.note(transaction, known);
            } catch (SQLException e) {
                // not noticed
            }
        };

        try {
            settle(me, careless, call);
            // The database rolls back the statement only: all the rest is settled.
            assertThat(handled.of(call)).hasSize(1);
            assertThat(bench.state(call)).isEqualTo(CallState.EXECUTED);
        } catch (HandlerException e) {
            assertThat(handled.of(call)).isEmpty();
            assertThat(bench.state(call)).isEqualTo(CallState.WAITING);
        }
    }

    @Test
    void a_handler_that_rolls_the_transaction_back_settles_nothing() throws SQLException {
        long me = bench.join();
        Call call = bench.call("rolled back").withHandler("h");
        bench.record(me, call);

        assertThatThrownBy(() -> settle(me, (transaction, known) -> transaction.rollback(), call))
                .isInstanceOf(HandlerException.class);

        assertThat(bench.state(call)).isEqualTo(CallState.WAITING);
    }

    @Test
    void the_handler_of_a_call_that_is_not_held_any_more_does_not_run() throws SQLException {
        long me = bench.join();
        Call call = bench.call("theirs").withHandler("h");
        bench.record(bench.join(), call);

        assertThat(settle(me, HandledRows::note, call)).isEmpty();

        assertThat(handled.of(call)).isEmpty();
        assertThat(bench.state(call)).isEqualTo(CallState.WAITING);
    }

    @Test
    void a_handler_may_record_a_call_that_follows_which_exists_if_and_only_if_the_outcome_does() throws SQLException {
        long me = bench.join();
        Call call = bench.call("first").withHandler("h").inOrderOf("account 1");
        Call next = bench.call("follows").inOrderOf("account 1");
        bench.record(me, call);
        OutcomeHandler follows = (transaction, known) -> bench.record(transaction, me, next);

        assertThatThrownBy(() -> settle(
                        me,
                        (transaction, known) -> {
                            follows.handle(transaction, known);
                            throw new IllegalStateException("no");
                        },
                        call))
                .isInstanceOf(HandlerException.class);
        assertThat(store().find(next.key())).isEmpty();

        settle(me, follows, call);
        assertThat(bench.dueKeys(me)).containsExactly(next.key());
    }

    @Test
    void the_end_of_a_call_with_a_handler_hands_its_order_on_or_stops_it() throws SQLException {
        long me = bench.join();
        Call first = bench.call("first").inOrderOf("account 1");
        Call second = bench.call("second").inOrderOf("account 1");
        Call third = bench.call("third").inOrderOf("account 1");
        for (Call call : List.of(first, second, third)) {
            bench.record(me, call);
        }

        settle(me, HandledRows::note, first);
        assertThat(bench.dueKeys(me)).containsExactly(second.key());
        store().settle(
                        List.of(new Settlement(second.key(), me, EXECUTED, 1)),
                        HandledRows::note,
                        Set.of(CallState.EXECUTED));
        assertThat(bench.due(me)).isEmpty();
    }

    @Test
    void a_known_outcome_stays_on_the_open_call_until_its_handler_commits() throws SQLException {
        long me = bench.join();
        Call call = bench.call("postponed").withHandler("h");
        bench.record(me, call);
        Instant past = CallBench.past();
        Postponement postponement =
                new Postponement(new Settlement(call.key(), me, EXECUTED, 3), 2, past, "its handler threw");

        Set<IdempotencyKey> held =
                store().write(new CallStore.Batch(List.of(), List.of(), List.of(postponement), List.of(), Map.of()));

        assertThat(held).containsExactly(call.key());
        OpenCall found = store().due(
                        me, new CallStore.Wish(bench.target, Set.of(), CallStore.Wanted.ENDED_OR_LATE, null, 10))
                .get(0);
        assertThat(found.known()).isEqualTo(new OpenCall.Known(EXECUTED, 2));
        assertThat(found.progress().state()).isEqualTo(CallState.HANDLING);
        assertThat(found.progress().attempts()).isEqualTo(3);
        assertThat(found.progress().dueAt()).isEqualTo(past);
        assertThat(found.progress().last()).isEqualTo("its handler threw");
        assertThat(store().find(call.key()).orElseThrow().settled()).isNull();
        settle(me, HandledRows::note, call);
        assertThat(handled.of(call)).containsExactly("Executed");
    }

    @Test
    void a_known_outcome_survives_the_death_of_its_node() throws SQLException {
        long dead = bench.dead();
        Call call = bench.call("postponed");
        bench.record(dead, call);
        Outcome never = new Outcome.Never(Outcome.Why.FENCED, Reply.of(403));
        Postponement postponement =
                new Postponement(new Settlement(call.key(), dead, never, 1), 1, CallBench.past(), "threw");
        store().write(new CallStore.Batch(List.of(), List.of(), List.of(postponement), List.of(), Map.of()));
        long me = bench.join();

        Set<String> mine = Set.of(bench.target);
        assertThat(store().takeOver(me, new CallStore.Known(mine, Set.of(), mine), 10))
                .isEqualTo(1);

        assertThat(bench.due(me).get(0).known()).isEqualTo(new OpenCall.Known(never, 1));
    }

    @Test
    void a_person_settles_an_unresolved_call_with_evidence_and_handler_whoever_holds_it() throws SQLException {
        long me = bench.join();
        Call call = bench.call("by hand").withHandler("h");
        bench.record(me, call);
        Outcome byHand = Outcome.Never.of(Outcome.Why.BY_HAND);

        assertThat(store().settle(call.key(), byHand, "too early", HandledRows::note))
                .isFalse();
        bench.defer(me, call, progress(CallState.UNRESOLVED));
        assertThat(store().settle(call.key(), byHand, "kim: not in the book", HandledRows::note))
                .isTrue();

        RecordedCall found = store().find(call.key()).orElseThrow();
        assertThat(found.state()).isEqualTo(CallState.NEVER);
        assertThat(found.settled())
                .extracting(RecordedCall.Settled::outcome, RecordedCall.Settled::evidence)
                .containsExactly(byHand, "kim: not in the book");
        assertThat(handled.of(call)).containsExactly("Never");
        assertThat(store().settle(call.key(), byHand, "again", null)).isFalse();
        assertThat(bench.settle(me, call, EXECUTED)).isEmpty();
    }

    @Test
    void what_a_person_settled_stays_unresolved_when_its_handler_throws() throws SQLException {
        long me = bench.join();
        Call call = bench.call("by hand").withHandler("h");
        bench.record(me, call);
        bench.defer(me, call, progress(CallState.UNRESOLVED));

        assertThatThrownBy(() -> store().settle(call.key(), EXECUTED, "kim", (transaction, known) -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(HandlerException.class);

        assertThat(bench.state(call)).isEqualTo(CallState.UNRESOLVED);
    }
}
