package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.ScriptedTransport.Sent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the relay brings a call from its commit to its outcome. */
class RelayDeliveryTest {

    @Test
    void a_committed_call_is_delivered_at_once() {
        Rig rig = Rig.started(Rig.MAIL);

        IdempotencyKey key = rig.send("mail");

        assertThat(rig.transport.sent()).extracting(Sent::at).containsExactly(0L);
        assertThat(rig.transport.sent().get(0).attempt().number()).isEqualTo(1);
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void nothing_is_sent_before_the_commit_or_without_one() throws SQLException {
        Rig rig = Rig.started(Rig.MAIL);

        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = rig.relay.outbox().send(transaction, rig.call("mail"));
            rig.pass("PT10S");
            assertThat(rig.transport.sent()).isEmpty();
            transaction.rollback();
            recorded.rolledBack();
        }

        rig.pass("PT10S");
        assertThat(rig.transport.sent()).isEmpty();
    }

    @Test
    void a_call_that_nobody_hands_over_is_found_within_a_second() {
        Rig rig = Rig.started(Rig.MAIL);

        Outbox.Recorded recorded = rig.commit(rig.call("mail"));
        rig.pass("PT1S");

        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_call_in_doubt_is_attempted_again_after_2_4_8_16_and_16_seconds() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);

        rig.send("mail");
        rig.pass("PT55S");

        List<Sent> sent = rig.transport.sent(Step.EXECUTE);
        assertGaps(sent, 2, 4, 8, 16, 16);
        assertThat(rig.state(sent.get(0).attempt().key())).isEqualTo(CallState.IN_DOUBT);
    }

    private static void assertGaps(List<Sent> sent, int... seconds) {
        assertThat(sent).hasSize(1 + seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            double gap = (sent.get(i + 1).at() - sent.get(i).at()) / 1e9;
            assertThat(gap).isBetween(seconds[i] * 0.9, seconds[i] * 1.1 + 0.001);
            assertThat(sent.get(i + 1).attempt().number()).isEqualTo(i + 2);
        }
    }

    @Test
    void a_target_is_asked_for_its_protocol_before_its_first_call() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answersProbes(new Answer.NotExecuted(Reply.of(404)));

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT40S");

        assertThat(rig.transport.sent()).isEmpty();
        assertGaps(rig.transport.probes(), 2, 4, 8, 16);
        assertThat(rig.status("mail").problem()).contains("outcome endpoint");

        rig.transport.answersProbes(new Answer.Absent());
        rig.pass("PT12S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.status("mail").problem()).isNull();
        rig.send("mail");
        assertThat(rig.transport.probes()).hasSize(6);
    }

    @Test
    void a_passed_deadline_ends_in_a_fence_when_the_call_was_possibly_sent() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.follows(attempt ->
                attempt.step() == Step.EXECUTE ? ScriptedTransport.LOST : Outcome.Never.of(Outcome.Why.FENCED));

        IdempotencyKey key = rig.send(rig.call("mail").withDeadline(Duration.ofSeconds(10)));
        rig.pass("PT16S");

        assertThat(rig.transport.sent())
                .extracting(s -> s.attempt().step())
                .containsExactly(Step.EXECUTE, Step.EXECUTE, Step.EXECUTE, Step.FENCE);
        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void the_first_outcome_is_written_at_once_and_those_that_come_soon_after_it_together() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        IdempotencyKey first = rig.send("mail");
        List<IdempotencyKey> soon = IntStream.range(0, 5)
                .mapToObj(i -> {
                    rig.pass("PT0.001S");
                    return rig.send("mail");
                })
                .toList();

        assertThat(rig.state(first)).isEqualTo(CallState.EXECUTED);
        assertThat(soon).allMatch(key -> rig.state(key) == CallState.WAITING);
        int before = rig.asked("write");
        rig.pass("PT0.035S");

        assertThat(soon).allMatch(key -> rig.state(key) == CallState.EXECUTED);
        assertThat(rig.asked("write") - before).isEqualTo(1);
    }

    @Test
    void a_permanent_refusal_is_fenced_at_once_and_told_with_the_outcome() {
        Rig rig = Rig.started(Rig.MAIL);
        Reply refusal = Reply.of(400);
        rig.transport.follows(attempt -> attempt.step() == Step.EXECUTE
                ? new Answer.NotExecuted(refusal)
                : Outcome.Never.of(Outcome.Why.FENCED));

        IdempotencyKey key = rig.send("mail");

        assertThat(rig.transport.sent(Step.FENCE)).hasSize(1);
        assertThat(rig.store.find(key).orElseThrow().settled())
                .extracting(RecordedCall.Settled::outcome)
                .isEqualTo(new Outcome.Never(Outcome.Why.FENCED, refusal));
    }

    @Test
    void a_transport_that_breaks_its_promise_leaves_the_call_in_doubt() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        IdempotencyKey key = rig.send("mail");

        rig.transport.sent().get(0).answer().completeExceptionally(new IllegalStateException("bug"));
        rig.loop.run();

        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT3S");
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void calls_beyond_the_memory_stay_in_the_store_and_none_starves() {
        Rig rig = Rig.started(Rig.inMemory(4), Rig.MAIL);
        rig.transport.follows(
                attempt -> attempt.key().value().endsWith("1") ? ScriptedTransport.LOST : ScriptedTransport.EXECUTED);
        List<Outbox.Recorded> recorded = IntStream.range(0, 100)
                .mapToObj(i -> rig.commit(rig.call("mail")))
                .toList();

        recorded.forEach(Outbox.Recorded::committed);
        rig.loop.run();
        int most = rig.status("mail").held();
        rig.pass("PT5S");

        assertThat(most).isLessThanOrEqualTo(4);
        assertThat(recorded)
                .allSatisfy(r -> assertThat(rig.state(r.key()))
                        .isEqualTo(r.key().value().endsWith("1") ? CallState.IN_DOUBT : CallState.EXECUTED));
    }

    @Test
    void calls_whose_bodies_leave_room_for_few_leave_in_the_order_of_their_recording() {
        Rig rig = Rig.started(Rig.inMemory(4), Rig.MAIL);
        rig.transport.hangs();
        Payload large = Payload.json("x".repeat(4_096));
        List<IdempotencyKey> keys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Call call = rig.call("mail");
            keys.add(call.key());
            rig.commit(
                    new Call(call.key(), new Request("mail", "POST", "/large", large), call.timing(), call.labels()));
            rig.pass("PT0.01S");
        }

        rig.pass("PT1S");
        assertThat(rig.transport.sent()).hasSize(2);
        for (int i = 0; i < 8; i++) {
            rig.transport.sent().get(i).answer().complete(ScriptedTransport.EXECUTED);
            rig.loop.run();
        }

        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).containsExactlyElementsOf(keys);
    }

    @Test
    void a_reading_that_took_long_is_not_repeated_for_ten_times_as_long_unless_somebody_asks() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.after("due", () -> rig.loop.stall(Duration.ofMillis(400)));
        rig.pass("PT1.5S");
        int read = rig.asked("due");
        IdempotencyKey first = rig.commit(rig.call("mail")).key();

        rig.pass("PT2S");
        assertThat(rig.asked("due")).isEqualTo(read);
        IdempotencyKey handedOver = rig.send("mail");
        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).containsExactly(handedOver);
        rig.pass("PT3S");
        assertThat(rig.state(first)).isEqualTo(CallState.EXECUTED);

        rig.after("due", () -> rig.loop.stall(Duration.ofMillis(400)));
        rig.pass("PT1.5S");
        IdempotencyKey second = rig.commit(rig.call("mail")).key();
        rig.pass("PT1S");
        assertThat(rig.transport.sent()).hasSize(2);
        rig.cancel(rig.commit(rig.call("mail")).key());
        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).containsExactly(handedOver, first, second);
    }

    @Test
    void the_calls_of_an_order_key_follow_each_other_at_once() {
        Rig rig = Rig.started(Rig.MAIL);
        List<IdempotencyKey> keys = IntStream.range(0, 5)
                .mapToObj(i -> rig.commit(rig.call("mail").inOrderOf("account 1")))
                .peek(Outbox.Recorded::committed)
                .map(Outbox.Recorded::key)
                .toList();

        rig.loop.run();

        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).containsExactlyElementsOf(keys);
        assertThat(rig.store.open()).isZero();
    }

    @Test
    void a_call_to_a_target_that_is_not_configured_is_refused_and_not_recorded() throws SQLException {
        Rig rig = Rig.started(Rig.MAIL);

        try (Connection transaction = MemoryTransaction.begin()) {
            assertThatThrownBy(() -> rig.relay.outbox().send(transaction, rig.call("fax")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("target fax is not configured, known are [mail]; configure it first");
            transaction.commit();
        }
        assertThat(rig.store.open()).isZero();
    }

    @Test
    void a_call_outside_a_transaction_is_refused() throws SQLException {
        Rig rig = Rig.started(Rig.MAIL);

        try (Connection transaction = MemoryTransaction.begin()) {
            transaction.setAutoCommit(true);
            assertThatThrownBy(() -> rig.relay.outbox().send(transaction, rig.call("mail")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("autocommit");
        }
        assertThat(rig.store.open()).isZero();
    }

    // -- hand-overs that come late

    @Test
    void a_hand_over_after_a_scan_found_and_settled_the_call_sends_nothing() {
        Rig rig = Rig.started(Rig.MAIL);
        Outbox.Recorded recorded = rig.commit(rig.call("mail"));
        rig.cancel(recorded.key());
        assertThat(rig.state(recorded.key())).isEqualTo(CallState.NEVER);

        recorded.committed();
        rig.pass("PT5S");

        assertThat(rig.transport.sent()).isEmpty();
    }

    @Test
    void a_hand_over_after_a_scan_found_the_call_does_not_heal_its_doubt() {
        Rig rig = Rig.started(Rig.inMemory(1), Rig.MAIL);
        AttemptResult lost = ScriptedTransport.LOST;
        rig.transport.follows(attempt -> attempt.step() == Step.EXECUTE ? lost : ScriptedTransport.EXECUTED);
        Outbox.Recorded recorded = rig.commit(rig.call("mail").withDeadline(Duration.ofSeconds(5)));
        rig.pass("PT4S");
        assertThat(rig.state(recorded.key())).isEqualTo(CallState.IN_DOUBT);
        rig.loop.stall(Duration.ofSeconds(2));

        recorded.committed();
        rig.pass("PT10S");

        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_hand_over_that_is_repeated_sends_nothing_more() {
        Rig rig = Rig.started(Rig.MAIL);
        Outbox.Recorded recorded = rig.commit(rig.call("mail"));

        recorded.committed();
        rig.loop.run();
        recorded.committed();
        rig.pass("PT5S");

        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void a_call_handed_over_long_after_its_begin_is_delivered_all_the_same() throws SQLException {
        Rig rig = Rig.started(Rig.MAIL);
        Call call = rig.call("mail");

        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = rig.relay.outbox().send(transaction, call);
            rig.pass("PT30S");
            transaction.commit();
            recorded.committed();
        }
        rig.loop.run();

        assertThat(rig.state(call.key())).isEqualTo(CallState.EXECUTED);
    }
}
