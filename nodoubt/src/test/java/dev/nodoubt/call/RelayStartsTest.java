package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How calls are sent to targets where a second request could have a second effect. */
class RelayStartsTest {

    private static final Target NONE = Rig.MAIL.withCapability(new Capability.None());
    private static final Target QUERY = Rig.MAIL.withCapability(new Capability.Query(Duration.ofSeconds(30), false));

    @Test
    void the_store_knows_that_a_call_is_being_sent_before_its_first_byte_leaves() {
        Rig rig = Rig.started(NONE);
        List<CallState> states = new ArrayList<>();
        rig.transport.follows(attempt -> {
            states.add(rig.state(attempt.key()));
            return ScriptedTransport.EXECUTED;
        });

        IdempotencyKey key = rig.send("mail");

        assertThat(states).containsExactly(CallState.IN_DOUBT);
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.transport.probes()).as("a foreign target is not probed").isEmpty();
    }

    @Test
    void a_capability_that_its_transport_cannot_ask_for_is_refused_at_once() {
        Capability.Query query = new Capability.Query(Duration.ofSeconds(30), false);
        for (Capability capability :
                List.of(new Capability.Gate(), query, new Capability.Key(Duration.ofHours(24), query))) {
            assertThatThrownBy(() -> relayThatOnlyExecutes(capability))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("target mail")
                    .hasMessageContaining("QUERY")
                    .hasMessageContaining("can only [EXECUTE]");
        }
        assertThat(relayThatOnlyExecutes(new Capability.None()).targets()).hasSize(1);
    }

    private static Relay relayThatOnlyExecutes(Capability capability) {
        ManualLoop loop = new ManualLoop();
        ScriptedTransport transport = new ScriptedTransport(loop);
        transport.asks(Step.EXECUTE);
        return new Relay(
                new MemoryCallStore(() -> Rig.BEGIN),
                transport,
                List.of(Rig.MAIL.withCapability(capability)),
                Relay.Hooks.NONE,
                Relay.Settings.DEFAULT,
                () -> new Threads(loop, new SameThread(), new SameThread()));
    }

    @Test
    void a_target_that_takes_a_key_is_spared_that_write() {
        Rig rig = Rig.started(Rig.MAIL.withCapability(new Capability.Key(Duration.ofHours(24), null)));
        rig.breaks("begin");

        assertThat(rig.state(rig.send("mail"))).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_start_that_cannot_be_committed_is_not_sent_and_is_tried_again() {
        Rig rig = Rig.started(NONE);
        rig.breaks("begin");

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT5S");
        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.state(key)).isEqualTo(CallState.WAITING);
        rig.mends("begin");
        rig.pass("PT2S");

        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void what_was_not_sent_is_written_back_so_that_it_is_sent_again() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.NOT_SENT);

        IdempotencyKey key = rig.send("mail");
        assertThat(rig.state(key)).isEqualTo(CallState.WAITING);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT3S");

        assertThat(rig.transport.sent()).hasSize(2);
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void what_an_earlier_attempt_taught_is_never_written_over_the_start_of_the_next() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        rig.breaks("write");
        IdempotencyKey key = rig.send("mail");
        rig.transport.hangs();

        rig.pass("PT5S");
        assertThat(rig.transport.sent()).as("its start would be overwritten").hasSize(1);
        rig.mends("write");
        rig.pass("PT5S");

        assertThat(rig.transport.sent()).hasSize(2);
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void a_process_that_stood_still_after_the_start_was_committed_sends_nothing() {
        Rig rig = Rig.started(NONE);
        rig.after("begin", () -> {
            rig.loop.stall(Duration.ofSeconds(20));
            long other = rig.store.join("other", Duration.ofHours(1)).incarnation();
            rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);
        });

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT1M");

        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void a_call_that_is_cancelled_while_its_start_is_committed_is_not_sent() {
        Rig rig = Rig.started(NONE);
        Call call = rig.call("mail");
        rig.after("begin", () -> {
            rig.cancel(call.key());
        });

        rig.send(call);
        rig.pass("PT2S");

        assertThat(rig.transport.sent()).isEmpty();
        assertThat(rig.state(call.key())).isEqualTo(CallState.NEVER);
    }

    @Test
    void a_waiting_call_of_a_dead_node_was_not_sent_and_one_whose_start_is_committed_is_for_a_person() {
        Rig rig = Rig.started(NONE);
        Call waiting = rig.call("mail");
        Call begun = rig.call("mail");
        rig.dead(waiting, true);
        long dead = rig.dead(begun, true);
        Progress sending = Progress.born(rig.now(), rig.now().plusSeconds(60)).sending(rig.now());
        rig.store.begin(List.of(new Deferral(begun.key(), dead, sending)));

        rig.pass("PT8S");

        assertThat(rig.state(waiting.key())).isEqualTo(CallState.EXECUTED);
        assertThat(rig.state(begun.key())).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().key())
                .containsExactly(waiting.key());
    }

    @Test
    void a_lost_answer_of_a_target_that_can_be_asked_is_asked_for_and_the_request_never_repeated() {
        Rig rig = Rig.started(QUERY);
        rig.transport.follows(attempt -> attempt.step() == Step.EXECUTE ? ScriptedTransport.LOST : new Answer.Absent());

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT20S");
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
        rig.pass("PT15S");
        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT6M");

        assertThat(rig.state(key)).as("later evidence settles it").isEqualTo(CallState.EXECUTED);
        assertThat(rig.transport.sent(Step.EXECUTE)).hasSize(1);
    }

    @Test
    void a_lost_answer_of_a_target_with_a_net_cancel_is_cancelled() {
        Rig rig = Rig.started(
                Rig.MAIL.withCapability(new Capability.NetCancel(Duration.ofSeconds(3), Duration.ofSeconds(60))));
        rig.transport.follows(attempt ->
                attempt.step() == Step.EXECUTE ? ScriptedTransport.LOST : Outcome.Never.of(Outcome.Why.CANCELLED));

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT2.9S");
        assertThat(rig.transport.sent(Step.CANCEL)).isEmpty();
        rig.pass("PT1S");

        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
        assertThat(rig.transport.sent()).extracting(s -> s.attempt().step()).containsExactly(Step.EXECUTE, Step.CANCEL);
    }

    @Test
    void a_transport_that_throws_leaves_the_call_in_doubt_and_the_permit_free() {
        Rig rig = Rig.started(Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null)));
        rig.transport.follows(attempt -> {
            throw new IllegalStateException("bug");
        });
        IdempotencyKey first = rig.send("mail");
        assertThat(rig.state(first)).isEqualTo(CallState.IN_DOUBT);

        rig.transport.answers(ScriptedTransport.EXECUTED);

        assertThat(rig.state(rig.send("mail"))).isEqualTo(CallState.EXECUTED);
    }
}
