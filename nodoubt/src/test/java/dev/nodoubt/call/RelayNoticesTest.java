package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How the application and the log are told that calls are unresolved. */
class RelayNoticesTest {

    private static final Target NONE = Rig.MAIL
            .withCapability(new Capability.None())
            .withBreaker(new Target.Breaker(10_000, Target.Breaker.DEFAULT.open(), 3));

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log().addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log().detachAppender(lines);
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(Results.class);
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void that_a_call_is_unresolved_is_one_warning_in_the_log() {
        Rig rig = Rig.started(NONE);
        rig.transport.answers(ScriptedTransport.LOST);

        IdempotencyKey key = rig.send("mail");
        rig.pass("PT50H");

        assertThat(warnings())
                .containsExactly("ND-0105 call " + key + " to mail is unresolved after 1 attempts, a person is needed:"
                        + " lost: no answer within 3000 ms");
    }

    @Test
    void listeners_are_told_one_after_the_other_and_a_slow_one_delays_no_delivery() {
        Rig rig = Rig.started(Rig.inMemory(2), NONE);
        rig.transport.answers(ScriptedTransport.LOST);
        rig.notices.hold();
        List<IdempotencyKey> doubtful =
                IntStream.range(0, 150).mapToObj(i -> rig.send("mail")).toList();

        rig.transport.answers(ScriptedTransport.EXECUTED);
        List<IdempotencyKey> delivered =
                IntStream.range(0, 20).mapToObj(i -> rig.send("mail")).toList();
        rig.pass("PT30S");

        assertThat(rig.notices.waiting()).isEqualTo(1);
        assertThat(delivered).allMatch(key -> rig.state(key) == CallState.EXECUTED);
        assertThat(doubtful).allMatch(key -> rig.state(key) == CallState.IN_DOUBT);
        while (rig.store.open() > rig.unresolved.size()) {
            rig.notices.release();
            rig.pass("PT1S");
        }

        rig.pass("PT1S");
        assertThat(doubtful).allMatch(key -> rig.state(key) == CallState.UNRESOLVED);
        assertThat(rig.unresolved).extracting(OpenCall::key).containsExactlyInAnyOrderElementsOf(doubtful);
        assertThat(rig.transport.sent()).hasSize(170);
    }

    @Test
    void what_was_learnt_is_written_before_a_slow_listener_was_told() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.answers(new AttemptResult.Unmarked(200));
        rig.notices.hold();

        IdempotencyKey key = rig.send("mail");

        OpenCall row = rig.store.read(key);
        assertThat(row.progress().state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(row.progress().doubt())
                .isNotNull()
                .extracting(Doubt::ungated)
                .isEqualTo(true);
        rig.notices.release();
        rig.loop.run();
        assertThat(rig.state(key)).isEqualTo(CallState.UNRESOLVED);
    }

    @Test
    void a_call_whose_bytes_are_damaged_is_told_of_asked_about_and_fenced_at_its_deadline_and_never_sent() {
        Rig rig = Rig.started(Rig.MAIL);
        Call call = rig.call("mail");
        rig.dead(call, false);
        rig.store.damage(call.key());
        rig.transport.follows(
                attempt -> attempt.step() == Step.FENCE ? Outcome.Never.of(Outcome.Why.FENCED) : new Answer.Absent());
        rig.breaks("listener");

        rig.pass("PT20S");
        assertThat(rig.state(call.key())).isEqualTo(CallState.IN_DOUBT);
        rig.mends("listener");
        rig.pass("PT1H");

        assertThat(rig.state(call.key())).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.store.find(call.key()).orElseThrow().last()).contains("no record at the receiver");
        assertThat(rig.unresolved)
                .singleElement()
                .satisfies(told -> assertThat(told.progress().last())
                        .startsWith(CallStore.DAMAGED + "; no record at the receiver"));
        rig.pass("PT24H");
        assertThat(rig.state(call.key())).isEqualTo(CallState.NEVER);
        assertThat(rig.transport.sent())
                .extracting(sent -> sent.attempt().step())
                .startsWith(Step.QUERY)
                .endsWith(Step.FENCE)
                .doesNotContain(Step.EXECUTE);
    }

    @Test
    void a_call_whose_bytes_are_damaged_is_for_a_person_where_nobody_can_be_asked() {
        Rig rig = Rig.started(NONE);
        Call call = rig.call("mail");
        rig.dead(call, true);
        rig.store.damage(call.key());

        rig.pass("PT50H");

        assertThat(rig.state(call.key())).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.unresolved).hasSize(1);
        assertThat(rig.store.find(call.key()).orElseThrow().last()).isEqualTo(CallStore.DAMAGED + "; it is never sent");
        assertThat(rig.transport.sent()).isEmpty();
    }
}
