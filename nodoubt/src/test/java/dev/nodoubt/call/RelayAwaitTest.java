package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The synchronous form: a thread waits for an outcome, and never has to guess. */
class RelayAwaitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void who_waits_gets_the_outcome_once_it_is_written() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        Outbox.Recorded recorded = committed(rig);

        CompletableFuture<Awaited> awaited = rig.await(recorded);
        assertThat(awaited).isNotDone();
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.loop.run();

        assertThat(awaited.get()).isEqualTo(new Awaited.Known((Outcome) ScriptedTransport.EXECUTED));
    }

    @Test
    void who_waits_for_a_call_that_is_settled_already_gets_its_outcome() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        Outbox.Recorded recorded = committed(rig);

        assertThat(rig.await(recorded).get()).isInstanceOf(Awaited.Known.class);
    }

    @Test
    void who_waits_long_enough_learns_where_the_call_stands_and_it_goes_on() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        Outbox.Recorded recorded = committed(rig);

        Awaited awaited = recorded.await(Duration.ofMillis(1));

        assertThat(awaited).isEqualTo(new Awaited.Open(CallState.WAITING, "no outcome within 1 ms"));
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.loop.run();
        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void nobody_waits_behind_an_open_breaker() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IntStream.range(0, 20).forEach(i -> rig.send("mail"));

        assertThat(rig.await(committed(rig)).get())
                .isEqualTo(new Awaited.Open(CallState.WAITING, "the circuit breaker of target mail is open"));
    }

    @Test
    void nobody_waits_for_a_permit() throws Exception {
        Rig rig = Rig.started(Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null)));
        rig.send("mail");
        rig.transport.hangs();
        rig.send("mail");

        assertThat(rig.await(committed(rig)).get())
                .isEqualTo(
                        new Awaited.Open(CallState.WAITING, "no permit of target mail is free (1 attempts under way)"));
    }

    @Test
    void who_waits_between_attempts_is_woken_when_the_breaker_opens() throws Exception {
        Rig rig = Rig.started(Rig.MAIL.withBreaker(new Target.Breaker(10, Duration.ofSeconds(30), 1)));
        rig.transport.answers(ScriptedTransport.LOST);
        CompletableFuture<Awaited> awaited = rig.await(committed(rig));
        assertThat(awaited).isNotDone();

        IntStream.range(0, 4).forEach(i -> rig.send("mail"));

        assertThat(awaited.get())
                .isEqualTo(new Awaited.Open(CallState.IN_DOUBT, "the circuit breaker of target mail is open"));
    }

    @Test
    void who_waits_for_an_attempt_under_way_is_woken_at_its_end_when_the_breaker_is_open_then() throws Exception {
        Rig rig = Rig.started(Rig.MAIL.withBreaker(new Target.Breaker(10, Duration.ofSeconds(30), 1)));
        rig.transport.hangs();
        CompletableFuture<Awaited> awaited = rig.await(committed(rig));
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IntStream.range(0, 5).forEach(i -> rig.send("mail"));
        assertThat(awaited).isNotDone();

        rig.transport.sent().get(0).answer().complete(ScriptedTransport.LOST);
        rig.loop.run();

        assertThat(awaited.get())
                .isEqualTo(new Awaited.Open(CallState.IN_DOUBT, "the circuit breaker of target mail is open"));
    }

    @Test
    void who_waits_longer_is_not_woken_by_who_comes_while_no_permit_is_free() throws Exception {
        Rig rig = Rig.started(Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null)));
        rig.transport.answers(ScriptedTransport.LOST);
        Outbox.Recorded recorded = committed(rig);
        CompletableFuture<Awaited> first = rig.await(recorded);
        rig.transport.hangs();
        rig.send("mail");

        CompletableFuture<Awaited> second = rig.await(recorded);

        assertThat(second.get()).isInstanceOf(Awaited.Open.class);
        assertThat(first).isNotDone();
    }

    @Test
    void who_waits_is_woken_when_another_node_finds_the_target_down() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        CompletableFuture<Awaited> awaited = rig.await(committed(rig));

        rig.store.holdOff("mail", Duration.ofSeconds(30));
        rig.pass("PT1S");

        assertThat(awaited.get())
                .isEqualTo(new Awaited.Open(CallState.IN_DOUBT, "the circuit breaker of target mail is open"));
    }

    @Test
    void who_waits_is_woken_when_the_target_is_paused() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        CompletableFuture<Awaited> awaited = rig.await(committed(rig));

        rig.transport.answers(new AttemptResult.Unmarked(200));
        rig.send("mail");

        assertThat(awaited.get())
                .isInstanceOfSatisfying(
                        Awaited.Open.class,
                        open -> assertThat(open.reason())
                                .startsWith("target mail is paused: status 200 without Nodoubt-Outcome"));
    }

    @Test
    void who_waits_is_woken_when_the_call_becomes_unresolved_and_nobody_waits_for_one_that_is() throws Exception {
        Rig rig = Rig.started(Rig.MAIL.withCapability(new Capability.None()));
        rig.transport.hangs();
        Outbox.Recorded recorded = committed(rig);
        CompletableFuture<Awaited> awaited = rig.await(recorded);

        rig.transport.sent().get(0).answer().complete(ScriptedTransport.LOST);
        rig.loop.run();

        Awaited unresolved = new Awaited.Open(CallState.UNRESOLVED, "it is unresolved: lost: no answer within 3000 ms");
        assertThat(awaited.get()).isEqualTo(unresolved);
        assertThat(rig.await(recorded).get()).isEqualTo(unresolved);
    }

    @Test
    void who_sends_a_business_key_again_waits_for_the_first_call() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        rig.send(rig.call("mail").withBusinessKey("order 1"));
        Outbox.Recorded again = rig.commit(rig.call("mail").withBusinessKey("order 1"));
        again.committed();
        CompletableFuture<Awaited> awaited = rig.await(again);
        assertThat(awaited).isNotDone();

        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.loop.run();

        assertThat(awaited.get()).isEqualTo(new Awaited.Known((Outcome) ScriptedTransport.EXECUTED));
    }

    @Test
    void who_waits_is_woken_when_this_node_does_not_hold_the_call_any_more() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        CompletableFuture<Awaited> awaited = rig.await(committed(rig));

        rig.loop.stall(Relay.Settings.DEFAULT.lease().plusSeconds(1));
        long other = rig.store.join("other", LONG).incarnation();
        rig.store.takeOver(other, new CallStore.Known(Set.of("mail"), Set.of(), Set.of()), 100);
        rig.pass("PT2S");

        assertThat(awaited.get())
                .isEqualTo(new Awaited.Open(CallState.IN_DOUBT, "another node ended this one's lease"));
    }

    @Test
    void who_waits_is_woken_when_the_relay_closes() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(ScriptedTransport.LOST);
        CompletableFuture<Awaited> awaited = rig.await(committed(rig));

        long before = rig.loop.tasksSoFar();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(rig.relay::close);
        while (rig.loop.tasksSoFar() == before && !closed.isDone()) { // a second attempt's time may not come first
            Thread.onSpinWait();
        }
        while (!closed.isDone()) {
            rig.pass("PT0.1S");
        }

        assertThat(awaited.get()).isEqualTo(new Awaited.Open(CallState.IN_DOUBT, "the relay is closed"));
    }

    @Test
    void nobody_waits_before_the_commit() {
        Rig rig = Rig.started(Rig.MAIL);
        Outbox.Recorded recorded = rig.commit(rig.call("mail"));

        assertThatThrownBy(() -> recorded.await(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("committed()");
    }

    private static Outbox.Recorded committed(Rig rig) {
        Outbox.Recorded recorded = rig.commit(rig.call("mail"));
        recorded.committed();
        rig.loop.run();
        return recorded;
    }
}
