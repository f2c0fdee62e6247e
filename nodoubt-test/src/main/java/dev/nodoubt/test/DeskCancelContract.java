package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeskStore} must do when an operator cancels a call: only if nothing can have left, nor can leave. */
public abstract class DeskCancelContract {

    @SuppressWarnings("NullAway.Init") // set before each test
    private DeskBench bench;

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    @BeforeEach
    void begin() {
        bench = new DeskBench(parts());
    }

    @Test
    void a_call_that_was_possibly_sent_is_not_cancelled() throws SQLException {
        long me = bench.calls.join();
        Call doubtful = bench.later(me, CallState.IN_DOUBT);
        Call waiting = bench.later(me, CallState.WAITING);

        assertThat(bench.cancel(doubtful)).isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.IN_DOUBT));
        assertThat(bench.cancel(waiting).isDone()).isTrue();
        assertThat(bench.cancel(waiting)).isEqualTo(new Deed(Deed.Result.ALREADY, CallState.WAITING));

        assertThat(bench.calls.store.cancelled(me)).containsExactly(waiting.key());
        assertThat(bench.actions()).containsExactly(Action.CANCEL);
    }

    /** Its row says that it waits, and nobody but its holder knows whether it is leaving at this moment. */
    @Test
    void a_call_that_may_be_leaving_at_this_moment_is_not_cancelled() throws SQLException {
        Deed refused = new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING);
        long me = bench.calls.join();
        Call due = bench.calls.call("due");
        Call marked = bench.calls.call("marked");
        Call nobodys = bench.calls.call("nobody's");
        bench.calls.record(me, due);
        bench.calls.recordMarked(me, marked);
        bench.calls.record(CallStore.NOBODY, nobodys);

        assertThat(bench.cancel(due)).isEqualTo(refused);
        assertThat(bench.cancel(marked).isDone()).isTrue();
        assertThat(bench.cancel(nobodys).isDone()).isTrue();

        bench.desk.pause(bench.calls.target, bench.operator);
        assertThat(bench.cancel(due)).isEqualTo(refused);
        bench.pausedAnHourAgo();
        assertThat(bench.cancel(due).isDone()).isTrue();
    }

    /** Its lease is longer than that of the node at whose desk it is cancelled. */
    @Test
    void a_call_whose_holder_need_not_hear_of_it_in_time_is_not_cancelled() throws SQLException {
        Deed refused = new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING);
        long patient = bench.calls.store.join("patient", Duration.ofHours(3)).incarnation();
        Call later = bench.later(patient, CallState.WAITING);
        assertThat(bench.cancel(later)).isEqualTo(refused);

        bench.desk.pause(bench.calls.target, bench.operator);
        bench.pausedAnHourAgo();

        assertThat(bench.cancel(later)).isEqualTo(refused);
        assertThat(bench.calls.store.renew(patient, CallBench.LEASE)).isPresent();
        assertThat(bench.cancel(later).isDone()).isTrue();
    }

    @Test
    void a_call_that_a_dead_node_may_have_sent_is_not_cancelled() throws SQLException {
        Call due = bench.later(bench.calls.dead(), CallState.WAITING);

        assertThat(bench.cancel(due)).isEqualTo(new Deed(Deed.Result.NOT_POSSIBLE, CallState.WAITING));
    }

    @Test
    void a_cancelled_call_whose_start_is_committed_before_it_leaves_does_not_leave() throws SQLException {
        long me = bench.calls.join();
        Call wanted = bench.calls.call("wanted");
        Call marked = bench.calls.call("marked");
        bench.calls.recordMarked(me, wanted);
        bench.calls.recordMarked(me, marked);
        bench.cancel(marked);

        Progress sending = CallBench.progress(CallState.IN_DOUBT);
        Set<IdempotencyKey> begun = bench.calls.store.begin(
                List.of(new Deferral(wanted.key(), me, sending), new Deferral(marked.key(), me, sending)));

        assertThat(begun).containsExactly(wanted.key());
        assertThat(bench.calls.state(marked)).isEqualTo(CallState.WAITING);
    }
}
