package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Calls that need a person: how one is told, and what one can do. */
class RelayPersonTest {

    private static final Target NONE = Rig.MAIL.withCapability(new Capability.None());
    private static final Outcome EXECUTED = (Outcome) ScriptedTransport.EXECUTED;

    @Test
    void an_unresolved_call_is_told_once_and_never_sent_again() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.LOST);

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT26H");

        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.unresolved).extracting(OpenCall::key).containsExactly(key);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void a_listener_that_fails_is_told_again_and_until_then_the_call_is_not_unresolved() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.LOST);
        rig.breaks("listener");

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT30S");
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
        rig.mends("listener");
        rig.pass("PT20S");

        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.unresolved).hasSize(1);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void a_person_settles_an_unresolved_call_and_its_handler_runs() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        assertThat(rig.handled).isEmpty();

        assertThat(rig.relay.outbox().settle(key, EXECUTED, "seen in their order book, says the desk"))
                .isTrue();
        rig.pass("PT25H");

        assertThat(rig.handled).extracting(KnownCall::outcome).containsExactly(EXECUTED);
        assertThat(rig.store.find(key).orElseThrow().settled())
                .extracting(RecordedCall.Settled::evidence)
                .isEqualTo("seen in their order book, says the desk");
        assertThat(rig.relay.outbox().settle(key, EXECUTED, "again")).isFalse();
    }

    @Test
    void a_handler_that_fails_by_hand_settles_nothing() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        rig.breaks(key.value());

        assertThatThrownBy(() -> rig.relay.outbox().settle(key, EXECUTED, "seen"))
                .isInstanceOf(AssertionError.class);

        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);
    }

    @Test
    void nothing_is_settled_by_hand_without_evidence_and_nothing_that_asking_may_still_settle() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send("mail");

        assertThatThrownBy(() -> rig.relay.outbox().settle(key, EXECUTED, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("evidence");
        assertThat(rig.relay.outbox().settle(key, EXECUTED, "I think so")).isFalse();
        assertThat(rig.state(key)).isEqualTo(CallState.IN_DOUBT);
    }

    @Test
    void what_a_person_says_is_never_taken_for_a_proof() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.LOST);
        IdempotencyKey key = rig.send("mail");

        for (Outcome.Why proof : EnumSet.complementOf(EnumSet.of(Outcome.Why.BY_HAND))) {
            assertThatThrownBy(() -> rig.relay.outbox().settle(key, Outcome.Never.of(proof), "not in their book"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be BY_HAND, was " + proof);
        }
        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);

        assertThat(rig.relay.outbox().settle(key, Outcome.Never.of(Outcome.Why.BY_HAND), "not in their book"))
                .isTrue();
        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void a_key_that_nobody_recorded_is_not_settled_by_hand() {
        Rig rig = Rig.started(NONE);

        assertThat(rig.relay.outbox().settle(rig.call("mail").key(), EXECUTED, "seen"))
                .isFalse();
    }

    @Test
    void the_next_call_of_an_order_key_goes_after_the_one_before_and_stops_behind_an_end_that_stops() {
        Rig rig = Rig.started(Rig.MAIL.withStopOn(Set.of(CallState.NEVER)));
        rig.transport.hangs();
        IdempotencyKey first = rig.send(rig.call("mail").inOrderOf("account 1"));
        IdempotencyKey second = rig.send(rig.call("mail").inOrderOf("account 1"));
        IdempotencyKey other = rig.send(rig.call("mail").inOrderOf("account 2"));
        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).containsExactly(first, other);

        rig.transport.sent().get(0).answer().complete(Outcome.Never.of(Outcome.Why.FENCED));
        rig.pass("PT5S");
        assertThat(rig.transport.sent()).hasSize(2);
        assertThat(rig.relay.outbox().resumeOrder("mail", "account 1")).isTrue();
        rig.pass("PT1S");

        assertThat(rig.transport.sent()).extracting(s -> s.attempt().key()).containsExactly(first, other, second);
        assertThat(rig.relay.outbox().resumeOrder("mail", "account 1")).isFalse();
    }
}
