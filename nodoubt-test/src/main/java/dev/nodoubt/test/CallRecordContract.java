package dev.nodoubt.test;

import static dev.nodoubt.test.CallBench.past;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.Trace;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CallStore} must do with calls as they are recorded, read and settled. Extend it, name the store, and
 * run it; the other {@code Call…Contract}s say the rest.
 */
public abstract class CallRecordContract {

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

    @Test
    void a_call_exists_if_and_only_if_its_transaction_committed() throws SQLException {
        long me = bench.join();
        Call kept = bench.call("kept");
        Call gone = bench.call("gone");

        bench.record(me, kept);
        bench.rolledBack(me, gone);

        assertThat(bench.dueKeys(me)).containsExactly(kept.key());
        assertThat(store().find(gone.key())).isEmpty();
    }

    @Test
    void those_that_are_recorded_and_not_settled_are_known_by_their_keys() throws SQLException {
        long me = bench.join();
        Call open = bench.call("open");
        Call gone = bench.call("gone");
        Call settled = bench.call("settled");
        bench.record(me, open);
        bench.rolledBack(me, gone);
        bench.record(me, settled);
        bench.settle(me, settled, CallBench.EXECUTED);

        assertThat(store().openOf(List.of(open.key(), gone.key(), settled.key())))
                .containsExactly(open.key());
        assertThat(store().openOf(List.of(gone.key()))).isEmpty();
    }

    @Test
    void a_call_keeps_the_trace_that_it_was_recorded_in() throws SQLException {
        long me = bench.join();
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Trace longest = new Trace(parent, "k=" + "v".repeat(510));
        Call traced = bench.call("traced").withTrace(longest);
        Call untraced = bench.call("untraced");

        bench.record(me, traced);
        bench.record(me, untraced);

        assertThat(bench.due(me, traced).trace()).isEqualTo(longest);
        assertThat(bench.due(me, untraced).trace()).isNull();
    }

    @Test
    void the_bytes_that_come_back_are_the_bytes_recorded() throws SQLException {
        long me = bench.join();
        byte[] bytes = {0, 1, -1, 39, 92, 127, -128, 10, 13};
        Call call = Call.post(bench.target, "/api/x?q='1'", Payload.of(bytes, "application/octet-stream"));

        CallStore.Recording recording = bench.record(me, call);

        assertThat(recording).isEqualTo(new CallStore.Recording(call.key(), me, false));
        OpenCall found = bench.due(me).get(0);
        assertThat(found.request()).isEqualTo(call.request());
        assertThat(found.progress().state()).isEqualTo(CallState.WAITING);
        assertThat(found.progress().doubt()).isNull();
        assertThat(Duration.between(found.progress().dueAt(), found.progress().deadline()))
                .isEqualTo(call.timing().deadline());
    }

    @Test
    void everything_that_a_call_says_of_itself_comes_back() throws SQLException {
        long me = bench.join();
        Backoff backoff = new Backoff(Duration.ofMillis(1500), Duration.ofMinutes(3), 0.25);
        Call call = bench.call("labelled")
                .withBackoff(backoff)
                .withBusinessKey("주문 1 ")
                .inOrderOf("account 7")
                .withPriority(-3)
                .withTag("a:1")
                .withTag("b")
                .withReference("ref '7'")
                .withHandler("transfers");

        bench.recordMarked(me, call);

        OpenCall found = bench.due(me).get(0);
        assertThat(found.terms().labels()).isEqualTo(call.labels());
        assertThat(found.terms().backoff()).isEqualTo(backoff);
        assertThat(found.terms().marksStart()).isTrue();
        assertThat(store().find(call.key()).orElseThrow().labels()).isEqualTo(call.labels());
        bench.settle(me, call, CallBench.EXECUTED);
        assertThat(store().find(call.key()).orElseThrow().labels()).isEqualTo(call.labels());
    }

    @Test
    void a_key_that_is_recorded_twice_is_refused() throws SQLException {
        long me = bench.join();
        Call call = bench.call("once");
        bench.record(me, call);

        try (Connection tx = bench.begin()) {
            assertThatThrownBy(() -> bench.record(tx, me, call))
                    .isInstanceOf(CallStoreException.class)
                    .hasMessageContaining("recorded already");
            tx.rollback();
        }
        bench.record(me, bench.call("other"));

        assertThat(bench.due(me)).hasSize(2);
    }

    @Test
    void every_outcome_is_found_as_it_was_settled() throws SQLException {
        long me = bench.join();
        Reply reply = new Reply(202, Map.of("Location", "/n/1"), Payload.json("{\"id\":\"1\"}"));
        Reply refusal = Reply.of(422, Payload.json("{}"));
        List<Outcome> outcomes = List.of(
                new Outcome.Executed(reply),
                new Outcome.Executed(new Reply(200, Map.of(), null)),
                new Outcome.Rejected(refusal),
                Outcome.Never.of(Outcome.Why.FENCED),
                Outcome.Never.of(Outcome.Why.CANCELLED),
                new Outcome.Never(Outcome.Why.NEVER_SENT, refusal));

        for (Outcome outcome : outcomes) {
            Call call = bench.call("settled");
            bench.record(me, call);
            Set<IdempotencyKey> held = bench.settle(new Settlement(call.key(), me, outcome, 3));

            assertThat(held).containsExactly(call.key());
            RecordedCall found = store().find(call.key()).orElseThrow();
            assertThat(found.attempts()).isEqualTo(3);
            assertThat(found.settled())
                    .extracting(RecordedCall.Settled::outcome, RecordedCall.Settled::evidence)
                    .containsExactly(outcome, null);
            assertThat(found.operation()).isEqualTo(CallBench.OPERATION);
        }
        assertThat(bench.due(me)).isEmpty();
    }

    @Test
    void progress_is_written_with_the_doubt_and_the_refusal_and_read_back() throws SQLException {
        long me = bench.join();
        Call call = bench.call("deferred");
        bench.record(me, call);
        Instant past = past();
        Progress progress = new Progress(
                CallState.IN_DOUBT,
                4,
                past,
                bench.due(me).get(0).progress().deadline(),
                new Progress.GivingUp(Reply.of(400, Payload.json("{}"))),
                "lost: no answer",
                new Doubt(past.minusSeconds(9), 2, true));

        Set<IdempotencyKey> held = bench.defer(me, call, progress);

        assertThat(held).containsExactly(call.key());
        assertThat(bench.due(me).get(0).progress()).isEqualTo(progress);
    }

    @Test
    void a_start_that_was_committed_is_in_doubt_and_only_its_holder_can_commit_it() throws SQLException {
        long me = bench.join();
        Call call = bench.call("begun");
        bench.recordMarked(me, call);
        Progress sending = CallBench.progress(CallState.IN_DOUBT);

        assertThat(store().begin(List.of(new Deferral(call.key(), bench.join(), sending))))
                .isEmpty();
        assertThat(store().begin(List.of(new Deferral(call.key(), me, sending))))
                .containsExactly(call.key());

        assertThat(bench.due(me).get(0).progress().doubt()).isEqualTo(sending.doubt());
    }

    @Test
    void what_is_not_due_yet_is_not_read() throws SQLException {
        long me = bench.join();
        Call call = bench.call("later");
        bench.record(me, call);
        Instant later = Instant.now().plusSeconds(3600);

        bench.defer(me, call, new Progress(CallState.IN_DOUBT, 1, later, later, null, "", new Doubt(later, 0, false)));

        assertThat(bench.due(me)).isEmpty();
    }

    @Test
    void a_cancel_is_seen_by_the_holder_and_survives_progress() throws SQLException {
        long me = bench.join();
        Call call = bench.call("cancelled");
        bench.record(me, call);

        assertThat(store().cancel(call.key())).isTrue();
        bench.defer(me, call, CallBench.progress(CallState.IN_DOUBT));

        assertThat(store().cancelled(me)).containsExactly(call.key());
        assertThat(bench.due(me).get(0).progress().givingUp()).isNotNull();
        assertThat(store().cancel(bench.call("never recorded").key())).isFalse();
    }
}
