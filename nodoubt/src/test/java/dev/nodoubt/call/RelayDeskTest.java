package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a relay does when operators want something of it. */
class RelayDeskTest {

    private static final Target PATIENT =
            Rig.MAIL.withBackoff(new Backoff(Duration.ofMinutes(10), Duration.ofMinutes(10), 0));

    private static void hurry(Rig rig, IdempotencyKey key, boolean asks) {
        rig.store.hurry(key, asks);
        rig.relay.wake();
        rig.loop.run();
    }

    @Test
    void a_paused_target_is_not_attempted_until_it_is_resumed() {
        Rig rig = Rig.started(Rig.MAIL, Rig.STOCK);
        rig.store.pause("mail", true);
        rig.pass("PT2S");

        IdempotencyKey held = rig.send("mail");
        IdempotencyKey other = rig.send("stock");
        rig.pass("PT10M");

        assertThat(rig.state(held)).isEqualTo(CallState.WAITING);
        assertThat(rig.state(other)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.status("mail").problem()).contains("operator paused");
        assertThat(rig.status("stock").problem()).isNull();

        rig.store.pause("mail", false);
        rig.pass("PT2S");

        assertThat(rig.state(held)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.status("mail").problem()).isNull();
    }

    @Test
    void a_call_to_a_paused_target_that_is_given_up_is_settled_without_an_attempt() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.store.pause("mail", true);
        rig.pass("PT2S");
        IdempotencyKey key = rig.send("mail");

        rig.cancel(key);
        rig.pass("PT2S");

        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
        assertThat(rig.transport.sent()).isEmpty();
    }

    @Test
    void a_call_that_is_given_up_during_a_pause_does_not_leave_when_that_ends_before_anybody_heard_of_it() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.store.pause("mail", true);
        rig.pass("PT2S");
        IdempotencyKey key = rig.send("mail");

        rig.store.cancel(key);
        rig.store.pause("mail", false);
        rig.pass("PT2S");

        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void what_is_given_up_is_heard_of_although_the_rest_of_each_scan_fails() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.store.pause("mail", true);
        rig.pass("PT2S");
        IdempotencyKey key = rig.send("mail");
        rig.breaks("takeOver");
        rig.breaks("due");

        rig.store.cancel(key);
        rig.store.pause("mail", false);
        rig.pass("PT5S");

        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void who_ends_a_pause_says_that_the_target_was_mended_too() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(new AttemptResult.Unmarked(200));
        rig.send("mail");
        rig.transport.answers(ScriptedTransport.EXECUTED);
        IdempotencyKey next = rig.send("mail");
        assertThat(rig.status("mail").problem()).contains("resume it by hand");

        rig.store.pause("mail", true);
        rig.pass("PT2S");
        rig.store.pause("mail", false);
        rig.pass("PT2S");

        assertThat(rig.state(next)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void nobody_hurries_a_cancel_so_that_it_overtakes_its_request() {
        Rig rig = Rig.started(
                PATIENT.withCapability(new Capability.NetCancel(Duration.ofSeconds(30), Duration.ofMinutes(20))));
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send("mail");
        rig.pass("PT2S");

        hurry(rig, key, false);
        rig.cancel(key);
        rig.pass("PT20S");
        assertThat(rig.transport.sent(Step.CANCEL)).isEmpty();

        rig.pass("PT10S");
        assertThat(rig.transport.sent(Step.CANCEL)).isNotEmpty();
    }

    @Test
    void a_hurried_call_takes_its_next_step_at_once() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send("mail");
        rig.pass("PT10S");
        assertThat(rig.transport.sent()).hasSize(1);
        rig.transport.answers(ScriptedTransport.EXECUTED);

        hurry(rig, key, false);

        assertThat(rig.transport.sent(Step.EXECUTE)).hasSize(2);
        rig.pass("PT1S");
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_call_that_is_asked_for_is_queried_once_and_then_goes_on_as_before() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send("mail");
        rig.pass("PT10S");
        rig.transport.answers(new Answer.Absent());

        hurry(rig, key, true);

        assertThat(rig.transport.sent(Step.QUERY)).hasSize(1);
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT11M");
        assertThat(rig.transport.sent(Step.QUERY)).hasSize(1);
        assertThat(rig.transport.sent(Step.EXECUTE)).hasSize(2);
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_call_that_waits_in_the_store_is_queried_when_it_is_asked_for() {
        Rig rig = Rig.started(Rig.inMemory(1), PATIENT);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey first = rig.send("mail");
        rig.pass("PT3S");
        IdempotencyKey second = rig.send("mail");
        rig.pass("PT3S");
        assertThat(rig.transport.sent()).hasSize(2);

        hurry(rig, first, true);
        hurry(rig, second, true);

        assertThat(rig.transport.sent(Step.QUERY))
                .extracting(sent -> sent.attempt().key())
                .containsExactly(first, second);
    }

    @Test
    void who_asks_never_hurries_another_step_than_a_query() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IdempotencyKey key = rig.send("mail");
        rig.transport.answers(ScriptedTransport.EXECUTED);

        hurry(rig, key, true);
        rig.pass("PT5S");
        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.store.isHurried(key)).isTrue();

        rig.pass("PT10M");
        assertThat(rig.transport.sent(Step.QUERY)).isEmpty();
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.store.isHurried(key)).isFalse();
    }

    @Test
    void a_wish_to_ask_outlives_the_holder_of_its_call() {
        Rig rig = Rig.started(PATIENT);
        Call call = rig.call("mail");
        rig.dead(call, false);
        rig.store.hurry(call.key(), true);

        rig.pass("PT10S");

        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().step())
                .containsExactly(Step.QUERY);
    }

    @Test
    void a_wish_to_ask_of_a_call_that_nobody_holds_is_done_by_who_takes_it() {
        Rig rig = Rig.started(PATIENT);
        Call call = rig.call("mail");
        long left = rig.dead(call, false);
        rig.store.hurry(call.key(), true);

        rig.store.leave(left, List.of(call.key()));
        rig.pass("PT2S");

        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().step())
                .containsExactly(Step.QUERY);
    }

    @Test
    void a_wish_that_is_committed_between_two_readings_of_a_scan_is_heard_with_its_call() {
        Rig rig = Rig.started(PATIENT);
        Call call = rig.call("mail");
        rig.store.leave(rig.dead(call, false), List.of(call.key()));
        rig.transport.answers(ScriptedTransport.LOST);

        rig.after("demands", () -> rig.store.hurry(call.key(), true));
        rig.pass("PT2S");

        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().step())
                .containsExactly(Step.QUERY);
    }

    @Test
    void a_wish_to_ask_waits_for_room_in_memory() {
        Rig rig = Rig.started(Rig.inMemory(1), PATIENT);
        rig.transport.hangs();
        rig.send("mail");
        Call waits = rig.call("mail");
        rig.store.leave(rig.dead(waits, false), List.of(waits.key()));
        rig.store.hurry(waits.key(), true);
        rig.pass("PT5S");
        assertThat(rig.transport.sent()).hasSize(1);

        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.pass("PT5S");

        assertThat(rig.transport.sent().stream().skip(1))
                .extracting(sent -> sent.attempt().step())
                .containsExactly(Step.QUERY);
    }

    @Test
    void a_wish_to_ask_outlasts_a_pause() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.LOST);
        rig.send("mail");
        Call stored = rig.call("mail");
        IdempotencyKey held = rig.send("mail");
        rig.store.pause("mail", true);
        rig.pass("PT2S");
        rig.store.leave(rig.dead(stored, false), List.of(stored.key()));

        hurry(rig, held, true);
        hurry(rig, stored.key(), true);
        rig.pass("PT5M");
        assertThat(rig.transport.sent()).hasSize(2);
        rig.store.pause("mail", false);
        rig.pass("PT5S");

        assertThat(rig.transport.sent().stream().skip(2).map(sent -> sent.attempt()))
                .extracting(Attempt::key, Attempt::step)
                .containsExactlyInAnyOrder(tuple(held, Step.QUERY), tuple(stored.key(), Step.QUERY));
    }

    @Test
    void a_wish_that_comes_during_an_attempt_is_done_after_it() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.hangs();
        IdempotencyKey key = rig.send("mail");
        rig.transport.answers(new Answer.Absent());

        hurry(rig, key, true);
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.LOST);
        rig.pass("PT2S");
        assertThat(rig.transport.sent(Step.QUERY)).hasSize(1);
        rig.pass("PT9M");

        assertThat(rig.transport.sent()).hasSize(2);
        assertThat(rig.store.isHurried(key)).isFalse();
    }

    @Test
    void a_wish_is_not_lost_with_a_call_that_is_not_in_memory_and_not_due_any_more() {
        Rig rig = Rig.started(PATIENT);
        Call call = rig.call("mail");
        long left = rig.dead(call, false);
        rig.store.hurry(call.key(), true);
        rig.store.leave(left, List.of(call.key()));

        rig.store.dueIn(call.key(), Duration.ofHours(1));
        rig.pass("PT3S");

        assertThat(rig.transport.sent(Step.QUERY)).hasSize(1);
    }

    @Test
    void a_call_that_is_cancelled_before_its_start_is_committed_is_not_sent() {
        Rig rig = Rig.started(Rig.MAIL.withCapability(new Capability.None()));
        Call call = rig.call("mail");
        Outbox.Recorded recorded = rig.commit(call);
        rig.store.cancel(call.key());

        recorded.committed();
        rig.pass("PT2S");

        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.state(call.key())).isEqualTo(CallState.NEVER);
    }

    @Test
    void a_hurried_step_that_did_not_begin_is_still_wanted() {
        Rig rig = Rig.started(PATIENT.withCapability(new Capability.None()));
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IdempotencyKey key = rig.send("mail");
        rig.pass("PT2S");
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.breaks("begin");

        hurry(rig, key, false);
        rig.pass("PT3S");
        assertThat(rig.store.isHurried(key)).isTrue();
        rig.mends("begin");
        rig.pass("PT3S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }
}
