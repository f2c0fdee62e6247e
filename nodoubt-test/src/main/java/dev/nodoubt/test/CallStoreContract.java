package dev.nodoubt.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
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
import dev.nodoubt.call.Terms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What every {@link CallStore} must do. Extend it, name the store and its empty database, and run it. */
public abstract class CallStoreContract {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration RUN_OUT = Duration.ofSeconds(-1);
    private static final CallStore.Known TARGETS = new CallStore.Known(Set.of("mail"), Set.of(), Set.of());

    /** The store under test. */
    protected abstract CallStore store();

    /** Its database, in which the store's tables are. */
    protected abstract DataSource database();

    @Test
    void a_call_exists_if_and_only_if_its_transaction_committed() throws SQLException {
        long me = join();
        Call kept = call("kept");
        Call gone = call("gone");

        record(me, kept, true);
        record(me, gone, false);

        assertThat(due(me)).extracting(OpenCall::key).containsExactly(kept.key());
        assertThat(store().find(gone.key())).isEmpty();
    }

    @Test
    void the_bytes_that_come_back_are_the_bytes_recorded() throws SQLException {
        long me = join();
        byte[] bytes = {0, 1, -1, 39, 92, 127, -128, 10, 13};
        Call call = Call.post("mail", "/api/x?q='1'", Payload.of(bytes, "application/octet-stream"));

        record(me, call, true);

        OpenCall found = due(me).get(0);
        assertThat(found.request()).isEqualTo(call.request());
        assertThat(found.progress().state()).isEqualTo(CallState.WAITING);
        assertThat(Duration.between(found.progress().dueAt(), found.progress().deadline()))
                .isEqualTo(call.timing().deadline());
    }

    @Test
    void a_key_that_is_recorded_twice_is_refused_and_leaves_the_transaction_usable() throws SQLException {
        long me = join();
        Call call = call("once");
        record(me, call, true);

        try (Connection tx = begin()) {
            assertThatThrownBy(() -> store().record(tx, open(call), call.timing(), me))
                    .isInstanceOf(CallStoreException.class)
                    .hasMessageContaining("recorded already");
            store().record(tx, open(call("other")), Call.Timing.DEFAULT, me);
            tx.commit();
        }

        assertThat(due(me)).hasSize(2);
    }

    @Test
    void known_calls_and_other_targets_are_not_read_again() throws SQLException {
        long me = join();
        Call known = call("known");
        Call other = call("other");
        record(me, known, true);
        record(me, other, true);
        record(me, Call.post("stock", "/", Payload.EMPTY), true);

        List<OpenCall> due = store().due(me, new CallStore.Wish("mail", Set.of(known.key()), true, 10));

        assertThat(due).extracting(OpenCall::key).containsExactly(other.key());
        assertThat(store().due(me, new CallStore.Wish("mail", Set.of(), true, 1)))
                .hasSize(1);
    }

    @Test
    void every_outcome_is_found_as_it_was_settled() throws SQLException {
        long me = join();
        Reply reply = new Reply(202, Map.of("Location", "/n/1"), Payload.json("{\"id\":\"1\"}"));
        Reply refusal = Reply.of(422, Payload.json("{}"));
        List<Outcome> outcomes = List.of(
                new Outcome.Executed(reply),
                new Outcome.Executed(new Reply(200, Map.of(), null)),
                new Outcome.Rejected(refusal),
                Outcome.Never.of(Outcome.Why.FENCED),
                new Outcome.Never(Outcome.Why.NEVER_SENT, refusal));

        for (Outcome outcome : outcomes) {
            Call call = call("settled");
            record(me, call, true);
            Set<IdempotencyKey> held = settle(new Settlement(call.key(), me, outcome, 3));

            assertThat(held).containsExactly(call.key());
            RecordedCall found = store().find(call.key()).orElseThrow();
            assertThat(found.attempts()).isEqualTo(3);
            assertThat(found.settled())
                    .extracting(RecordedCall.Settled::outcome)
                    .isEqualTo(outcome);
            assertThat(found.operation()).isEqualTo("POST /api/notifications");
        }
        assertThat(due(me)).isEmpty();
    }

    @Test
    void progress_is_written_with_the_refusal_and_read_back() throws SQLException {
        long me = join();
        Call call = call("deferred");
        record(me, call, true);
        Instant past = Instant.now().minusSeconds(5).truncatedTo(ChronoUnit.MICROS);
        Progress progress = new Progress(
                CallState.IN_DOUBT,
                4,
                past,
                past.plusSeconds(3600),
                new Progress.GivingUp(Reply.of(400, Payload.json("{}"))),
                "lost: no answer",
                new Doubt(past, 0, false));

        Set<IdempotencyKey> held = defer(new Deferral(call.key(), me, progress));

        assertThat(held).containsExactly(call.key());
        Progress found = due(me).get(0).progress();
        assertThat(found.state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(found.attempts()).isEqualTo(4);
        assertThat(found.dueAt()).isEqualTo(past);
        assertThat(found.givingUp()).isEqualTo(progress.givingUp());
        assertThat(found.last()).isEqualTo("lost: no answer", new Doubt(past, 0, false));
    }

    @Test
    void what_is_not_due_yet_is_not_read() throws SQLException {
        long me = join();
        Call call = call("later");
        record(me, call, true);
        Instant later = Instant.now().plusSeconds(3600);
        Progress progress = new Progress(CallState.IN_DOUBT, 1, later, later, null, "", new Doubt(later, 0, false));

        defer(new Deferral(call.key(), me, progress));

        assertThat(due(me)).isEmpty();
    }

    @Test
    void a_dead_nodes_calls_are_taken_over_as_possibly_sent_and_its_late_word_does_not_count() throws SQLException {
        long dead = store().join("dead", RUN_OUT).incarnation();
        Call call = call("orphan");
        record(dead, call, true);
        long me = join();

        int taken = store().takeOver(me, TARGETS, 10);

        assertThat(taken).isEqualTo(1);
        assertThat(due(me).get(0).progress().state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(store().renew(dead, LEASE)).isEmpty();
        Outcome never = Outcome.Never.of(Outcome.Why.NEVER_SENT);
        assertThat(settle(new Settlement(call.key(), dead, never, 1))).isEmpty();
        assertThat(store().find(call.key()).orElseThrow().state()).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void a_call_that_commits_after_its_nodes_death_is_taken_over_too() throws SQLException {
        long dead = store().join("dead", RUN_OUT).incarnation();
        long me = join();
        store().takeOver(me, TARGETS, 10);

        record(dead, call("late"), true);

        assertThat(store().takeOver(me, TARGETS, 10)).isEqualTo(1);
    }

    @Test
    void a_node_that_leaves_in_order_leaves_what_was_never_sent_as_never_sent() throws SQLException {
        long leaver = join();
        Call waiting = call("waiting");
        Call underWay = call("under way");
        record(leaver, waiting, true);
        record(leaver, underWay, true);

        store().leave(leaver, Set.of(underWay.key()));
        long me = join();
        store().takeOver(me, TARGETS, 10);

        assertThat(due(me))
                .extracting(OpenCall::key, c -> c.progress().state())
                .containsExactlyInAnyOrder(
                        tuple(waiting.key(), CallState.WAITING), tuple(underWay.key(), CallState.IN_DOUBT));
    }

    @Test
    void calls_that_nobody_holds_are_taken_as_they_are_and_unknown_targets_are_left() throws SQLException {
        long me = join();
        Call free = call("free");
        record(CallStore.NOBODY, free, true);
        record(CallStore.NOBODY, Call.post("unknown-here", "/", Payload.EMPTY), true);

        int taken = store().takeOver(me, TARGETS, 10);

        assertThat(taken).isEqualTo(1);
        assertThat(due(me).get(0).progress().state()).isEqualTo(CallState.WAITING);
    }

    @Test
    void a_living_nodes_calls_are_left_alone() throws SQLException {
        long other = join();
        record(other, call("theirs"), true);

        assertThat(store().takeOver(join(), TARGETS, 10)).isZero();
        assertThat(store().renew(other, LEASE)).isPresent();
    }

    @Test
    void a_cancel_is_seen_by_the_holder_and_survives_progress() throws SQLException {
        long me = join();
        Call call = call("cancelled");
        record(me, call, true);

        assertThat(store().cancel(call.key())).isTrue();
        Instant past = Instant.now().minusSeconds(1);
        Progress progress =
                new Progress(CallState.IN_DOUBT, 1, past, past.plusSeconds(60), null, "", new Doubt(past, 0, false));
        defer(new Deferral(call.key(), me, progress));

        assertThat(store().cancelled(me)).containsExactly(call.key());
        assertThat(due(me).get(0).progress().givingUp()).isNotNull();
        assertThat(store().cancel(call("never recorded").key())).isFalse();
    }

    @Test
    void incarnations_grow_and_time_is_the_stores() {
        CallStore.Lease first = store().join("a", LEASE);
        CallStore.Lease second = store().join("a", LEASE);

        assertThat(second.incarnation()).isGreaterThan(first.incarnation()).isGreaterThan(CallStore.NOBODY);
        assertThat(store().renew(first.incarnation(), LEASE))
                .hasValueSatisfying(renewed -> assertThat(renewed.now()).isAfterOrEqualTo(first.now()));
    }

    private Set<IdempotencyKey> settle(Settlement settlement) {
        return store().write(new CallStore.Batch(List.of(settlement), List.of(), List.of(), List.of(), Map.of()));
    }

    private Set<IdempotencyKey> defer(Deferral deferral) {
        return store().write(new CallStore.Batch(List.of(), List.of(deferral), List.of(), List.of(), Map.of()));
    }

    private long join() {
        return store().join("test", LEASE).incarnation();
    }

    private List<OpenCall> due(long holder) {
        return store().due(holder, new CallStore.Wish("mail", Set.of(), true, 100));
    }

    private static Call call(String text) {
        return Call.post("mail", "/api/notifications", Payload.json("{\"text\":\"" + text + "\"}"));
    }

    private static OpenCall open(Call call) {
        Instant now = Instant.now();
        Progress waiting =
                new Progress(CallState.WAITING, 0, now, now.plus(call.timing().deadline()), null, "", null);
        return new OpenCall(call.key(), call.request(), new Terms(call.labels(), null, false), waiting, null);
    }

    private void record(long holder, Call call, boolean commit) throws SQLException {
        try (Connection tx = begin()) {
            store().record(tx, open(call), call.timing(), holder);
            if (commit) {
                tx.commit();
            } else {
                tx.rollback();
            }
        }
    }

    private Connection begin() throws SQLException {
        Connection tx = database().getConnection();
        tx.setAutoCommit(false);
        return tx;
    }
}
