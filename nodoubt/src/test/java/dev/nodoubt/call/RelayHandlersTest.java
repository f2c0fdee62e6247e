package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How outcome handlers run: once in effect, whatever fails. */
class RelayHandlersTest {

    @Test
    void a_handler_commits_with_the_settlement_of_its_call() {
        Rig rig = Rig.started(Rig.MAIL);

        IdempotencyKey key = rig.send(rig.call("mail", "book"));

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled)
                .singleElement()
                .isEqualTo(new KnownCall(
                        key,
                        rig.handled.get(0).request(),
                        rig.handled.get(0).labels(),
                        (Outcome) ScriptedTransport.EXECUTED,
                        1));
    }

    @Test
    void a_call_that_never_was_sent_is_handled_too() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IdempotencyKey key = rig.send(rig.call("mail", "book"));

        rig.cancel(key);

        assertThat(rig.handled)
                .extracting(KnownCall::outcome)
                .containsExactly(Outcome.Never.of(Outcome.Why.NEVER_SENT));
    }

    @Test
    void a_handler_that_fails_is_visible_and_runs_again_and_the_call_is_not_sent_again() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.breaks("book");

        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        rig.pass("PT20S");

        RecordedCall call = rig.store.find(key).orElseThrow();
        assertThat(call.state()).isEqualTo(CallState.HANDLING);
        assertThat(call.last()).contains("failed 4 times").contains("no book today");
        assertThat(rig.handled).isEmpty();
        rig.mends("book");
        rig.pass("PT20S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled).hasSize(1);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void one_call_whose_handler_fails_does_not_keep_its_batch() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.breaks("settle");
        List<IdempotencyKey> keys = IntStream.range(0, 30)
                .mapToObj(i -> rig.send(rig.call("mail", "book")))
                .toList();
        IdempotencyKey poison = keys.get(7);
        rig.breaks(poison.value());

        rig.mends("settle");
        rig.pass("PT2S");

        assertThat(keys)
                .allSatisfy(key -> assertThat(rig.state(key))
                        .isEqualTo(key.equals(poison) ? CallState.HANDLING : CallState.EXECUTED));
        assertThat(rig.handled).hasSize(29).extracting(KnownCall::key).doesNotContain(poison);
    }

    @Test
    void that_the_store_cannot_settle_is_no_failure_of_a_handler() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.breaks("settle");

        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        rig.pass("PT30S");
        assertThat(rig.state(key)).isNotEqualTo(CallState.HANDLING);
        rig.mends("settle");
        rig.pass("PT1S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled).hasSize(1);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void a_commit_that_nobody_knows_of_is_not_handled_twice() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.after("settle", () -> {
            throw new CallStoreException("connection lost in commit", null);
        });

        IdempotencyKey key = rig.send(rig.call("mail", "book"));
        rig.pass("PT10S");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled).hasSize(1);
        assertThat(rig.status("mail").held()).isZero();
    }

    @Test
    void a_call_that_a_handler_records_is_delivered_at_once() {
        Rig rig = Rig.started(Rig.MAIL, Rig.STOCK);

        rig.send(rig.call("mail", "follow"));

        assertThat(rig.transport.sent())
                .extracting(s -> s.attempt().request().target())
                .containsExactly("mail", "stock");
        assertThat(rig.store.open()).isZero();
    }

    @Test
    void a_handler_that_nobody_registered_is_refused_and_nothing_is_recorded() {
        Rig rig = Rig.started(Rig.MAIL);

        assertThatThrownBy(() -> rig.send(rig.call("mail", "ledger")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outcome handler ledger is not configured, known are");
        assertThat(rig.store.open()).isZero();
    }

    @Test
    void an_outcome_that_a_dead_node_knew_is_handled_although_the_target_is_paused() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answersProbes(new Answer.NotExecuted(Reply.of(404)));
        rig.send("mail");
        Call call = rig.call("mail", "book");
        long dead = rig.dead(call, false);
        Settlement known = new Settlement(call.key(), dead, (Outcome) ScriptedTransport.EXECUTED, 3);
        rig.store.write(new CallStore.Batch(
                List.of(), List.of(), List.of(new Postponement(known, 1, rig.now(), "")), List.of(), Map.of()));

        rig.pass("PT8S");

        assertThat(rig.status("mail").problem()).isNotNull();
        assertThat(rig.state(call.key())).isEqualTo(CallState.EXECUTED);
        assertThat(rig.handled).extracting(KnownCall::attempts).containsExactly(3);
        assertThat(rig.transport.sent()).isEmpty();
    }

    @Test
    void a_call_whose_handler_is_not_known_here_is_left_to_a_newer_node() {
        Rig rig = Rig.started(Rig.MAIL);
        Call newer = rig.call("mail", "newer");
        rig.dead(newer, false);

        rig.pass("PT1M");

        assertThat(rig.transport.sent()).isEmpty();
        long other = rig.store.join("newer", Duration.ofSeconds(15)).incarnation();
        assertThat(rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of("newer"), Set.of()), 10))
                .isEqualTo(1);
    }
}
