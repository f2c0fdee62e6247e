package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of a commit is not always true: a call is sent only when it is recorded. */
class RelayHandOverTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(HandOvers.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Rig rig = Rig.started(Rig.MAIL);

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        LOG.detachAppender(lines);
    }

    @Test
    void a_call_whose_transaction_kept_nothing_is_not_sent_and_the_log_says_so() throws Exception {
        Outbox.Recorded recorded = rolledBack();

        recorded.committed();
        CompletableFuture<Awaited> awaited = rig.await(recorded);
        rig.pass("PT5S");

        assertThat(rig.transport.sent()).isEmpty();
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getFormattedMessage())
                .startsWith("ND-0119 ")
                .contains("mail " + recorded.key());
        assertThat(awaited.get())
                .isEqualTo(new Awaited.Open(CallState.WAITING, "it is not recorded: its transaction did not commit"));
    }

    @Test
    void a_call_whose_commit_is_not_certain_is_looked_for_and_sent() {
        Outbox.Recorded recorded = committed();

        recorded.committed();
        rig.loop.run();

        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
        assertThat(rig.asked("openOf")).isOne();
        assertThat(lines.list).isEmpty();
    }

    @Test
    void a_call_whose_commit_is_certain_is_sent_without_a_look() {
        rig.send("mail");

        assertThat(rig.asked("openOf")).isZero();
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void those_that_come_during_a_look_are_looked_for_together() {
        rig.io.hold();
        IntStream.range(0, 3).forEach(i -> committed().committed());
        rolledBack().committed();
        rig.loop.run();
        assertThat(rig.io.waiting()).isOne();

        rig.io.release(); // the look for the first one
        rig.loop.run();
        rig.io.release(); // for the others
        rig.loop.run();

        assertThat(rig.asked("openOf")).isEqualTo(2);
        assertThat(rig.transport.sent()).hasSize(3);
        assertThat(lines.list).hasSize(1);
    }

    @Test
    void who_waits_for_a_call_that_is_looked_for_gets_its_outcome() throws Exception {
        rig.io.hold();
        Outbox.Recorded recorded = committed();
        recorded.committed();
        rig.loop.run();
        CompletableFuture<Awaited> awaited = rig.await(recorded);
        assertThat(awaited).isNotDone();

        rig.io.go();
        rig.loop.run();

        assertThat(awaited.get()).isEqualTo(new Awaited.Known((Outcome) ScriptedTransport.EXECUTED));
    }

    @Test
    void nobody_waits_for_a_call_that_was_looked_for_behind_an_open_breaker() throws Exception {
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IntStream.range(0, 20).forEach(i -> rig.send("mail"));
        rig.io.hold();
        Outbox.Recorded recorded = committed();
        recorded.committed();
        CompletableFuture<Awaited> awaited = rig.await(recorded);

        rig.io.go();
        rig.loop.run();

        assertThat(awaited.get())
                .isEqualTo(new Awaited.Open(CallState.WAITING, "the circuit breaker of target mail is open"));
    }

    @Test
    void a_call_that_a_scan_found_during_the_look_is_sent_once_and_said_of_nothing() {
        Outbox.Recorded recorded = committed();
        rig.after("openOf", () -> rig.pass("PT2S"));

        recorded.committed();
        rig.loop.run();

        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void a_call_that_was_settled_before_the_look_is_not_missed() {
        rig.io.hold();
        Outbox.Recorded recorded = committed();
        recorded.committed();
        rig.loop.run();
        rig.cancel(recorded.key());

        rig.io.go();
        rig.pass("PT5S");

        assertThat(rig.state(recorded.key())).isEqualTo(CallState.NEVER);
        assertThat(rig.transport.sent()).isEmpty();
        assertThat(lines.list).isEmpty();
    }

    @Test
    void a_call_that_cannot_be_looked_for_is_found_by_a_scan() throws Exception {
        rig.breaks("openOf");
        Outbox.Recorded recorded = committed();

        recorded.committed();
        rig.loop.run();
        assertThat(rig.transport.sent()).isEmpty();
        rig.pass("PT1S");

        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void more_calls_than_one_look_takes_are_sent_all_the_same() {
        Relay.Settings d = Relay.Settings.DEFAULT;
        Rig small = Rig.started(
                new Relay.Settings(d.node(), d.lease(), d.scan(), d.inMemory(), 2, d.retention()), Rig.MAIL);
        small.io.hold();
        List<Outbox.Recorded> recorded =
                IntStream.range(0, 9).mapToObj(i -> committed(small)).toList();
        recorded.forEach(Outbox.Recorded::committed);
        small.loop.run();

        small.io.go();
        small.pass("PT10S");

        assertThat(recorded).allSatisfy(r -> assertThat(small.state(r.key())).isEqualTo(CallState.EXECUTED));
        assertThat(small.transport.sent()).hasSize(9);
    }

    @Test
    void an_error_of_the_transport_ends_no_look() {
        rig.transport.follows(attempt -> {
            throw new NoClassDefFoundError("org/example/Codec");
        });
        committed().committed();
        assertThatThrownBy(rig.loop::run).isInstanceOf(NoClassDefFoundError.class);
        rig.transport.answers(ScriptedTransport.EXECUTED);

        Outbox.Recorded recorded = committed();
        recorded.committed();
        rig.loop.run();

        assertThat(rig.asked("openOf")).isEqualTo(2);
        assertThat(rig.state(recorded.key())).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void calls_committed_after_one_that_could_not_be_looked_for_wait_behind_it() {
        rig.breaks("openOf");
        Outbox.Recorded first = committed();
        first.committed();
        rig.pass("PT0.1S");

        IdempotencyKey second = rig.send("mail");
        assertThat(rig.transport.sent()).isEmpty();
        rig.pass("PT1S");

        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().key())
                .containsExactly(first.key(), second);
    }

    @Test
    void a_transaction_that_cannot_commit_is_told_before() throws SQLException {
        rig.breaks("commitKeeps");

        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = rig.relay.outbox().send(transaction, rig.call("mail"));
            assertThatThrownBy(() -> recorded.beforeCommit(transaction)).isInstanceOf(CallStoreException.class);
        }
    }

    private Outbox.Recorded committed() {
        return committed(rig);
    }

    /** Recorded and committed, as it is without a word before the commit. */
    private static Outbox.Recorded committed(Rig rig) {
        return recorded(rig, true);
    }

    private Outbox.Recorded rolledBack() {
        return recorded(rig, false);
    }

    private static Outbox.Recorded recorded(Rig rig, boolean commits) {
        try (Connection transaction = MemoryTransaction.begin()) {
            Outbox.Recorded recorded = rig.relay.outbox().send(transaction, rig.call("mail"));
            if (commits) {
                transaction.commit();
            }
            return recorded;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
