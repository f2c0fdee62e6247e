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
import dev.nodoubt.call.CallStore.HandlerException;
import dev.nodoubt.call.CallStore.Heard;
import dev.nodoubt.call.CallStore.Retention;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.DeskStore.AuditQuery;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.TargetPause;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeskStore} must do when an operator acts: do it and write it down, or say why there is nothing to do. */
public abstract class DeskActionContract {

    private static final Duration MOMENT = Duration.of(1, ChronoUnit.MICROS);

    @SuppressWarnings("NullAway.Init") // set before each test
    private DeskBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    @BeforeEach
    void begin() {
        bench = new DeskBench(parts());
    }

    @Test
    void nothing_is_done_to_a_call_that_ended_meanwhile_and_nothing_is_audited() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.IN_DOUBT);
        bench.calls.settle(me, call, EXECUTED);
        Deed ended = new Deed(Deed.Result.ENDED, CallState.EXECUTED);

        assertThat(bench.desk.attempt(call.key(), bench.operator)).isEqualTo(ended);
        assertThat(bench.desk.ask(call.key(), bench.operator)).isEqualTo(ended);
        assertThat(bench.desk.giveUp(call.key(), bench.operator)).isEqualTo(ended);
        assertThat(bench.cancel(call)).isEqualTo(ended);
        assertThat(bench.desk.settle(call.key(), EXECUTED, bench.operator, null))
                .isEqualTo(ended);

        assertThat(bench.actions()).isEmpty();
    }

    @Test
    void nothing_is_done_to_a_call_that_was_never_recorded() {
        IdempotencyKey none = IdempotencyKey.create(Instant.now());
        Deed unknown = new Deed(Deed.Result.NO_SUCH_CALL, null);

        assertThat(bench.desk.attempt(none, bench.operator)).isEqualTo(unknown);
        assertThat(bench.desk.ask(none, bench.operator)).isEqualTo(unknown);
        assertThat(bench.desk.giveUp(none, bench.operator)).isEqualTo(unknown);
        assertThat(bench.desk.cancel(none, CallBench.LEASE, bench.operator)).isEqualTo(unknown);
        assertThat(bench.desk.settle(none, EXECUTED, bench.operator, null)).isEqualTo(unknown);
        assertThat(bench.desk.reveal(none, bench.operator)).isEmpty();

        assertThat(bench.actions()).isEmpty();
    }

    @Test
    void a_call_is_cancelled_or_fenced_as_it_was_possibly_sent_or_not() throws SQLException {
        long me = bench.calls.join();
        Call waiting = bench.later(me, CallState.WAITING);
        Call doubtful = bench.later(me, CallState.IN_DOUBT);

        assertThat(bench.desk.giveUp(waiting.key(), bench.operator).isDone()).isTrue();
        assertThat(bench.desk.giveUp(doubtful.key(), bench.operator).isDone()).isTrue();
        assertThat(bench.desk.giveUp(doubtful.key(), bench.operator))
                .isEqualTo(new Deed(Deed.Result.ALREADY, CallState.IN_DOUBT));

        assertThat(bench.calls.store.cancelled(me)).containsExactlyInAnyOrder(waiting.key(), doubtful.key());
        assertThat(bench.calls.dueKeys(me)).containsExactlyInAnyOrder(waiting.key(), doubtful.key());
        assertThat(bench.actions()).containsExactly(Action.FENCE, Action.CANCEL);
    }

    @Test
    void an_unresolved_call_is_settled_by_hand_with_its_handler_and_its_evidence() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.UNRESOLVED);
        List<IdempotencyKey> handled = new ArrayList<>();

        Deed deed = bench.desk.settle(call.key(), EXECUTED, bench.operator, (tx, known) -> handled.add(known.key()));

        assertThat(deed).isEqualTo(new Deed(Deed.Result.DONE, CallState.EXECUTED));
        assertThat(handled).containsExactly(call.key());
        assertThat(bench.calls.store.find(call.key()).map(RecordedCall::settled))
                .hasValueSatisfying(settled -> assertThat(settled.evidence())
                        .isEqualTo(bench.operator.actor() + ": the partner asked for it"));
        bench.assertAudited(Action.SETTLE, call);
    }

    @Test
    void a_handler_that_fails_by_hand_settles_and_audits_nothing() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.UNRESOLVED);

        assertThatThrownBy(() -> bench.desk.settle(call.key(), EXECUTED, bench.operator, (tx, known) -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(HandlerException.class);

        assertThat(bench.calls.state(call)).isEqualTo(CallState.UNRESOLVED);
        assertThat(bench.actions()).isEmpty();
    }

    @Test
    void what_asking_may_still_settle_is_not_settled_by_hand() throws SQLException {
        long me = bench.calls.join();
        Call call = bench.later(me, CallState.IN_DOUBT);

        assertThat(bench.desk.settle(call.key(), EXECUTED, bench.operator, null))
                .isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.IN_DOUBT));
        assertThat(bench.actions()).isEmpty();
    }

    @Test
    void bytes_are_shown_only_by_a_reveal_that_is_audited() throws SQLException {
        long me = bench.calls.join();
        Call open = bench.later(me, CallState.WAITING);
        Call settled = bench.later(me, CallState.WAITING);
        bench.calls.settle(me, settled, EXECUTED);
        Reply reply = ((Outcome.Executed) EXECUTED).reply();

        assertThat(bench.desk.reveal(open.key(), bench.operator))
                .hasValue(new CallDetail.Revealed(open.request().payload(), null));
        assertThat(bench.desk.reveal(settled.key(), bench.operator)).hasValue(new CallDetail.Revealed(null, reply));

        assertThat(bench.entries())
                .extracting(AuditEntry::action, AuditEntry::key)
                .containsExactly(tuple(Action.REVEAL, settled.key()), tuple(Action.REVEAL, open.key()));
    }

    @Test
    void a_paused_target_is_known_to_every_node_until_it_is_resumed() {
        long me = bench.calls.join();
        Deed already = new Deed(Deed.Result.ALREADY, null);

        assertThat(bench.desk.pause(bench.calls.target, bench.operator).isDone())
                .isTrue();
        assertThat(bench.desk.pause(bench.calls.target, bench.operator)).isEqualTo(already);
        assertThat(bench.calls
                        .store
                        .demands(me, new Heard(Map.of(), Set.of(), null))
                        .paused())
                .contains(bench.calls.target);
        assertThat(bench.desk.pauses())
                .filteredOn(pause -> pause.target().equals(bench.calls.target))
                .extracting(TargetPause::actor, TargetPause::reason)
                .containsExactly(tuple(bench.operator.actor(), bench.operator.reason()));

        assertThat(bench.desk.resume(bench.calls.target, false, bench.operator).isDone())
                .isTrue();
        assertThat(bench.desk.resume(bench.calls.target, false, bench.operator)).isEqualTo(already);
        assertThat(bench.calls
                        .store
                        .demands(me, new Heard(Map.of(), Set.of(), null))
                        .paused())
                .doesNotContain(bench.calls.target);
        assertThat(bench.actions()).containsExactly(Action.RESUME, Action.PAUSE);
    }

    @Test
    void the_audit_is_read_page_by_page_newest_first() {
        for (int i = 0; i < 3; i++) {
            bench.desk.pause(bench.calls.target, bench.operator);
            bench.desk.resume(bench.calls.target, false, bench.operator);
        }
        AuditQuery four = bench.mine().limit(4);

        List<AuditEntry> first = bench.desk.audit(four);
        List<AuditEntry> second = bench.desk.audit(four.after(first.get(3)));

        assertThat(first).hasSize(4);
        assertThat(second).hasSize(2);
        assertThat(bench.desk.audit(bench.mine().of(Action.PAUSE)))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.target()).isEqualTo(bench.calls.target));
    }

    @Test
    void what_operators_did_is_deleted_after_its_own_retention_a_batch_at_a_time() {
        Duration day = Duration.ofDays(1);
        while (bench.calls.store.purge(new Retention(day, day, MOMENT), 100) > 0) {
            // what other tests left
        }
        for (int i = 0; i < 5; i++) {
            bench.desk.pause(bench.calls.target, bench.operator);
            bench.desk.resume(bench.calls.target, false, bench.operator);
        }

        bench.calls.store.purge(new Retention(day, day, day), 100);
        assertThat(bench.entries()).hasSize(10);
        bench.calls.store.purge(new Retention(day, day, MOMENT), 4);
        assertThat(bench.entries()).hasSize(6);
        assertThat(bench.actions().get(0)).isEqualTo(Action.RESUME);
        bench.calls.store.purge(new Retention(day, day, MOMENT), 100);
        assertThat(bench.entries()).isEmpty();
    }
}
