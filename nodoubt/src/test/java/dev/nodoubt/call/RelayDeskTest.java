package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
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
    void a_step_that_asks_nobody_is_not_made_a_query() {
        Rig rig = Rig.started(PATIENT);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IdempotencyKey key = rig.send("mail");
        rig.transport.answers(ScriptedTransport.EXECUTED);

        hurry(rig, key, true);

        assertThat(rig.transport.sent(Step.QUERY)).isEmpty();
        assertThat(rig.transport.sent(Step.EXECUTE)).hasSize(2);
    }
}
