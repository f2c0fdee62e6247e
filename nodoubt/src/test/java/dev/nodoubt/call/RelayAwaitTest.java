package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Outcome;
import java.time.Duration;
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

        CompletableFuture<Awaited> awaited = await(rig, recorded);
        assertThat(awaited).isNotDone();
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.loop.run();

        assertThat(awaited.get()).isEqualTo(new Awaited.Known((Outcome) ScriptedTransport.EXECUTED));
    }

    @Test
    void who_waits_for_a_call_that_is_settled_already_gets_its_outcome() throws Exception {
        Rig rig = Rig.started(Rig.MAIL);
        Outbox.Recorded recorded = committed(rig);

        assertThat(await(rig, recorded).get()).isInstanceOf(Awaited.Known.class);
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

        assertThat(await(rig, committed(rig)).get())
                .isEqualTo(new Awaited.Open(CallState.WAITING, "the circuit breaker of target mail is open"));
    }

    @Test
    void nobody_waits_for_a_permit() throws Exception {
        Rig rig = Rig.started(Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null)));
        rig.send("mail");
        rig.transport.hangs();
        rig.send("mail");

        assertThat(await(rig, committed(rig)).get())
                .isEqualTo(
                        new Awaited.Open(CallState.WAITING, "no permit of target mail is free (1 attempts under way)"));
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

    /** Begins to wait on another thread, until the relay knows of it. */
    private static CompletableFuture<Awaited> await(Rig rig, Outbox.Recorded recorded) {
        long before = rig.loop.tasksSoFar();
        CompletableFuture<Awaited> awaited = CompletableFuture.supplyAsync(() -> {
            try {
                return recorded.await(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (rig.loop.tasksSoFar() == before) {
            Thread.onSpinWait();
        }
        rig.loop.run();
        return awaited;
    }
}
