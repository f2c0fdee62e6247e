package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.EXECUTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore.Demands;
import dev.nodoubt.call.CallStore.HandlerException;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.DeskStore.AuditQuery;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.TargetPause;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeskStore} must do when an operator acts: do it and write it down, or say why there is nothing to do. */
public abstract class DeskActionContract {

    @SuppressWarnings("NullAway.Init") // set before each test
    private CallBench bench;

    private Operator operator = Operator.named("unknown");

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    @BeforeEach
    void begin() {
        bench = new CallBench(parts().calls());
        operator = new Operator("kim-" + UUID.randomUUID(), "the partner asked for it");
    }

    private DeskStore desk() {
        return parts().desk();
    }

    private Demands demands(long holder) {
        return bench.store.demands(holder);
    }

    @Test
    void an_attempt_now_makes_a_call_due_and_its_holder_hears_of_it_once() throws SQLException {
        long me = bench.join();
        long other = bench.join();
        Call call = later(me, CallState.IN_DOUBT);
        assertThat(bench.dueKeys(me)).isEmpty();

        Deed deed = desk().attempt(call.key(), operator);

        assertThat(deed).isEqualTo(new Deed(Deed.Result.DONE, CallState.IN_DOUBT));
        assertThat(bench.dueKeys(me)).containsExactly(call.key());
        assertThat(demands(other).hurried()).isEmpty();
        assertThat(demands(me).hurried()).isEqualTo(Map.of(call.key(), false));
        assertThat(demands(me).hurried()).isEmpty();
        assertAudited(Action.ATTEMPT, call);
    }

    @Test
    void who_asks_now_wants_a_query_and_only_of_a_call_that_was_possibly_sent() throws SQLException {
        long me = bench.join();
        Call doubtful = later(me, CallState.IN_DOUBT);
        Call waiting = later(me, CallState.WAITING);

        assertThat(desk().attempt(doubtful.key(), operator).isDone()).isTrue();
        assertThat(desk().ask(doubtful.key(), operator).isDone()).isTrue();
        assertThat(desk().ask(waiting.key(), operator))
                .isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING));

        assertThat(demands(me).hurried()).isEqualTo(Map.of(doubtful.key(), true));
        assertThat(actions()).containsExactly(Action.ASK, Action.ATTEMPT);
    }

    @Test
    void a_call_that_waits_for_its_turn_is_not_attempted_before_it() throws SQLException {
        long me = bench.join();
        bench.record(me, bench.call("first").inOrderOf("account 1"));
        Call second = bench.call("second").inOrderOf("account 1");
        bench.record(me, second);

        assertThat(desk().attempt(second.key(), operator))
                .isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING));
        assertThat(desk().giveUp(second.key(), operator).isDone()).isTrue();
    }

    @Test
    void nothing_is_done_to_a_call_that_ended_meanwhile_and_nothing_is_audited() throws SQLException {
        long me = bench.join();
        Call call = later(me, CallState.IN_DOUBT);
        bench.settle(me, call, EXECUTED);
        Deed ended = new Deed(Deed.Result.ENDED, CallState.EXECUTED);

        assertThat(desk().attempt(call.key(), operator)).isEqualTo(ended);
        assertThat(desk().ask(call.key(), operator)).isEqualTo(ended);
        assertThat(desk().giveUp(call.key(), operator)).isEqualTo(ended);
        assertThat(desk().settle(call.key(), EXECUTED, operator, null)).isEqualTo(ended);

        assertThat(actions()).isEmpty();
    }

    @Test
    void nothing_is_done_to_a_call_that_was_never_recorded() {
        IdempotencyKey none = IdempotencyKey.create(Instant.now());
        Deed unknown = new Deed(Deed.Result.NO_SUCH_CALL, null);

        assertThat(desk().attempt(none, operator)).isEqualTo(unknown);
        assertThat(desk().ask(none, operator)).isEqualTo(unknown);
        assertThat(desk().giveUp(none, operator)).isEqualTo(unknown);
        assertThat(desk().settle(none, EXECUTED, operator, null)).isEqualTo(unknown);
        assertThat(desk().reveal(none, operator)).isEmpty();

        assertThat(actions()).isEmpty();
    }

    @Test
    void the_wish_for_a_call_that_is_settled_before_its_holder_hears_of_it_is_gone() throws SQLException {
        long me = bench.join();
        Call call = later(me, CallState.IN_DOUBT);
        desk().attempt(call.key(), operator);
        bench.settle(me, call, EXECUTED);

        assertThat(demands(me).hurried()).isEmpty();
    }

    @Test
    void a_call_is_cancelled_or_fenced_as_it_was_possibly_sent_or_not() throws SQLException {
        long me = bench.join();
        Call waiting = later(me, CallState.WAITING);
        Call doubtful = later(me, CallState.IN_DOUBT);

        assertThat(desk().giveUp(waiting.key(), operator).isDone()).isTrue();
        assertThat(desk().giveUp(doubtful.key(), operator).isDone()).isTrue();
        assertThat(desk().giveUp(doubtful.key(), operator))
                .isEqualTo(new Deed(Deed.Result.ALREADY, CallState.IN_DOUBT));

        assertThat(bench.store.cancelled(me)).containsExactlyInAnyOrder(waiting.key(), doubtful.key());
        assertThat(bench.dueKeys(me)).containsExactlyInAnyOrder(waiting.key(), doubtful.key());
        assertThat(actions()).containsExactly(Action.FENCE, Action.CANCEL);
    }

    @Test
    void an_unresolved_call_is_settled_by_hand_with_its_handler_and_its_evidence() throws SQLException {
        long me = bench.join();
        Call call = later(me, CallState.UNRESOLVED);
        List<IdempotencyKey> handled = new ArrayList<>();

        Deed deed = desk().settle(call.key(), EXECUTED, operator, (tx, known) -> handled.add(known.key()));

        assertThat(deed).isEqualTo(new Deed(Deed.Result.DONE, CallState.EXECUTED));
        assertThat(handled).containsExactly(call.key());
        assertThat(bench.store.find(call.key()).map(RecordedCall::settled))
                .hasValueSatisfying(settled ->
                        assertThat(settled.evidence()).isEqualTo(operator.actor() + ": the partner asked for it"));
        assertAudited(Action.SETTLE, call);
    }

    @Test
    void a_handler_that_fails_by_hand_settles_and_audits_nothing() throws SQLException {
        long me = bench.join();
        Call call = later(me, CallState.UNRESOLVED);

        assertThatThrownBy(() -> desk().settle(call.key(), EXECUTED, operator, (tx, known) -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(HandlerException.class);

        assertThat(bench.state(call)).isEqualTo(CallState.UNRESOLVED);
        assertThat(actions()).isEmpty();
    }

    @Test
    void what_asking_may_still_settle_is_not_settled_by_hand() throws SQLException {
        long me = bench.join();
        Call call = later(me, CallState.IN_DOUBT);

        assertThat(desk().settle(call.key(), EXECUTED, operator, null))
                .isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.IN_DOUBT));
        assertThat(actions()).isEmpty();
    }

    @Test
    void bytes_are_shown_only_by_a_reveal_that_is_audited() throws SQLException {
        long me = bench.join();
        Call open = later(me, CallState.WAITING);
        Call settled = later(me, CallState.WAITING);
        bench.settle(me, settled, EXECUTED);
        Reply reply = ((Outcome.Executed) EXECUTED).reply();

        assertThat(desk().reveal(open.key(), operator))
                .hasValue(new CallDetail.Revealed(open.request().payload(), null));
        assertThat(desk().reveal(settled.key(), operator)).hasValue(new CallDetail.Revealed(null, reply));

        assertThat(entries())
                .extracting(AuditEntry::action, AuditEntry::key)
                .containsExactly(tuple(Action.REVEAL, settled.key()), tuple(Action.REVEAL, open.key()));
    }

    @Test
    void a_paused_target_is_known_to_every_node_until_it_is_resumed() {
        long me = bench.join();
        Deed already = new Deed(Deed.Result.ALREADY, null);

        assertThat(desk().pause(bench.target, operator).isDone()).isTrue();
        assertThat(desk().pause(bench.target, operator)).isEqualTo(already);
        assertThat(demands(me).paused()).contains(bench.target);
        assertThat(desk().pauses())
                .filteredOn(pause -> pause.target().equals(bench.target))
                .extracting(TargetPause::actor, TargetPause::reason)
                .containsExactly(tuple(operator.actor(), operator.reason()));

        assertThat(desk().resume(bench.target, false, operator).isDone()).isTrue();
        assertThat(desk().resume(bench.target, false, operator)).isEqualTo(already);
        assertThat(demands(me).paused()).doesNotContain(bench.target);
        assertThat(actions()).containsExactly(Action.RESUME, Action.PAUSE);
    }

    @Test
    void the_audit_is_read_page_by_page_newest_first() {
        for (int i = 0; i < 3; i++) {
            desk().pause(bench.target, operator);
            desk().resume(bench.target, false, operator);
        }
        AuditQuery four = mine().limit(4);

        List<AuditEntry> first = desk().audit(four);
        List<AuditEntry> second = desk().audit(four.after(first.get(3)));

        assertThat(first).hasSize(4);
        assertThat(second).hasSize(2);
        assertThat(desk().audit(mine().of(Action.PAUSE)))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.target()).isEqualTo(bench.target));
    }

    /** A call whose next step is due in an hour. */
    private Call later(long holder, CallState state) throws SQLException {
        Call call = bench.call(state.word());
        bench.record(holder, call);
        Progress progress = CallBench.progress(state);
        Instant hour = Instant.now().plusSeconds(3600);
        bench.defer(
                holder,
                call,
                new Progress(state, 1, hour, progress.deadline(), null, progress.last(), progress.doubt()));
        return call;
    }

    private AuditQuery mine() {
        return AuditQuery.NEWEST.by(operator.actor());
    }

    private List<AuditEntry> entries() {
        return desk().audit(mine());
    }

    private List<Action> actions() {
        return entries().stream().map(AuditEntry::action).toList();
    }

    private void assertAudited(Action action, Call call) {
        assertThat(entries()).hasSize(1).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(action);
            assertThat(entry.key()).isEqualTo(call.key());
            assertThat(entry.target()).isEqualTo(bench.target);
            assertThat(entry.by()).isEqualTo(operator);
        });
        assertThat(desk().detail(call.key()).orElseThrow().audit()).isEqualTo(entries());
    }
}
