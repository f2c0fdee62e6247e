package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.TargetStatus.BreakerState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What protects a target from the relay, and one target from another. */
class RelayProtectionTest {

    private static final Target ONE_AT_A_TIME = Target.of("mail").withBulkhead(new Target.Bulkhead(1, null));

    @Test
    void no_more_attempts_are_under_way_than_there_are_permits() {
        Rig rig = Rig.started(Target.of("mail").withBulkhead(new Target.Bulkhead(3, null)));
        rig.transport.hangs();

        IntStream.range(0, 10).forEach(i -> rig.send("mail"));

        assertThat(rig.transport.sent()).hasSize(3);
        assertThat(rig.status("mail"))
                .extracting(TargetStatus::inFlight, TargetStatus::permits, TargetStatus::held)
                .containsExactly(3, 3, 7);
        rig.transport.sent().get(1).answer().complete(ScriptedTransport.EXECUTED);
        rig.loop.run();
        assertThat(rig.transport.sent()).hasSize(4);
    }

    @Test
    void a_hanging_target_delays_no_other() {
        Rig rig = Rig.started(Rig.MAIL, Rig.STOCK);
        rig.transport.follows(
                attempt -> attempt.request().target().equals("stock") ? null : ScriptedTransport.EXECUTED);
        IntStream.range(0, 50).forEach(i -> rig.send("stock"));

        IdempotencyKey key = rig.send("mail");

        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.status("stock").inFlight()).isEqualTo(16);
    }

    @Test
    void the_breaker_opens_when_half_of_the_last_twenty_attempts_failed_and_lets_three_probes_through_after_30_s() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        IntStream.range(0, 9).forEach(i -> rig.send("mail")); // and the first probe: ten successes
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        rig.transport.sent().clear();

        List<IdempotencyKey> keys =
                IntStream.range(0, 15).mapToObj(i -> rig.send("mail")).toList();

        assertThat(rig.transport.sent()).hasSize(10);
        assertThat(rig.status("mail").breaker()).isEqualTo(BreakerState.OPEN);
        assertThat(rig.status("mail").breakerRemaining()).hasSeconds(30);
        rig.pass("PT29.9S");
        assertThat(rig.transport.sent()).hasSize(10);
        rig.pass("PT1S");
        assertThat(rig.transport.sent()).hasSize(13);
        assertThat(rig.status("mail").breaker()).isEqualTo(BreakerState.OPEN);

        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.pass("PT31S");

        assertThat(rig.status("mail").breaker()).isEqualTo(BreakerState.CLOSED);
        assertThat(keys).allMatch(key -> rig.state(key) == CallState.EXECUTED);
    }

    @Test
    void while_probes_of_a_half_open_breaker_hang_the_relay_rests() {
        Rig rig = Rig.started(Target.of("mail").withBulkhead(new Target.Bulkhead(16, null)));
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        IntStream.range(0, 20).forEach(i -> rig.send("mail"));
        rig.transport.hangs();
        rig.pass("PT31S");
        assertThat(rig.status("mail").inFlight()).isEqualTo(3);

        long before = rig.loop.tasksSoFar();
        rig.pass("PT3S");

        assertThat(rig.loop.tasksSoFar() - before)
                .as("tasks in 3 s, of which 3 scans")
                .isLessThan(30);
    }

    @Test
    void a_waiting_call_is_cancelled_at_once_although_the_breaker_is_open() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        List<IdempotencyKey> keys =
                IntStream.range(0, 12).mapToObj(i -> rig.send("mail")).toList();
        assertThat(rig.status("mail").breaker()).isEqualTo(BreakerState.OPEN);

        keys.forEach(rig::cancel);
        rig.pass("PT0.04S"); // outcomes are written with others

        assertThat(keys)
                .allSatisfy(key -> assertThat(rig.store.find(key).orElseThrow().settled())
                        .extracting(RecordedCall.Settled::outcome)
                        .isEqualTo(Outcome.Never.of(Outcome.Why.NEVER_SENT)));
    }

    @Test
    void a_call_that_needs_no_attempt_passes_a_full_memory_behind_an_open_breaker() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL.withBreaker(new Target.Breaker(2, Duration.ofMinutes(30), 1)));
        rig.transport.answers(ScriptedTransport.NOT_SENT);
        rig.send("mail");
        assertThat(rig.status("mail").breaker()).isEqualTo(BreakerState.OPEN);
        List<IdempotencyKey> full =
                IntStream.range(0, 2).mapToObj(i -> rig.send("mail")).toList();
        IdempotencyKey cancelled = rig.send(rig.call("mail", "book"));
        List<IdempotencyKey> late = IntStream.range(0, 5)
                .mapToObj(i -> rig.send(rig.call("mail").withDeadline(Duration.ofSeconds(5))))
                .toList();

        rig.cancel(cancelled);
        assertThat(rig.state(cancelled)).isEqualTo(CallState.NEVER);
        assertThat(rig.handled).extracting(KnownCall::key).containsExactly(cancelled);
        assertThat(late).allMatch(key -> rig.state(key) == CallState.WAITING);
        rig.pass("PT18S"); // they are asked for each ten seconds, then two pass at a time, each second

        assertThat(late).allMatch(key -> rig.state(key) == CallState.NEVER);
        assertThat(full).allMatch(key -> rig.state(key) == CallState.WAITING);
        assertThat(rig.transport.sent()).hasSize(1);
    }

    @Test
    void a_call_that_needs_no_attempt_passes_a_memory_full_of_calls_to_a_hanging_target() {
        Rig rig = Rig.started(Rig.inMemory(2), Rig.MAIL.withBulkhead(new Target.Bulkhead(1, null)));
        rig.transport.hangs();
        List<IdempotencyKey> keys =
                IntStream.range(0, 5).mapToObj(i -> rig.send("mail")).toList();

        rig.cancel(keys.get(4));

        assertThat(rig.state(keys.get(4))).isEqualTo(CallState.NEVER);
        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.EXECUTED);
        rig.pass("PT2S");
        assertThat(keys.subList(0, 4)).allMatch(key -> rig.state(key) == CallState.EXECUTED);
    }

    @Test
    void a_call_in_doubt_is_not_settled_by_a_cancel_but_fenced() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.follows(
                attempt -> attempt.step() == Step.EXECUTE ? ScriptedTransport.LOST : ScriptedTransport.EXECUTED);
        IdempotencyKey key = rig.send("mail");

        rig.cancel(key);

        assertThat(rig.transport.sent(Step.FENCE)).hasSize(1);
        assertThat(rig.state(key)).isEqualTo(CallState.EXECUTED);
    }

    @Test
    void a_cancel_during_an_attempt_waits_for_its_end() {
        Rig rig = Rig.started(Rig.MAIL);
        rig.transport.hangs();
        IdempotencyKey key = rig.send("mail");

        rig.cancel(key);
        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.state(key)).isEqualTo(CallState.WAITING);
        rig.transport.answers(Outcome.Never.of(Outcome.Why.FENCED));
        rig.transport.sent().get(0).answer().complete(ScriptedTransport.LOST);
        rig.pass("PT3S");

        assertThat(rig.transport.sent()).extracting(s -> s.attempt().step()).containsExactly(Step.EXECUTE, Step.FENCE);
        assertThat(rig.state(key)).isEqualTo(CallState.NEVER);
    }

    @Test
    void an_unmarked_answer_shuts_the_target_until_a_person_resumes_it() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        rig.transport.answers(new AttemptResult.Unmarked(200));

        IdempotencyKey first = rig.send("mail");
        IdempotencyKey second = rig.send("mail");
        rig.pass("PT1H");

        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.state(first)).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.state(second)).isEqualTo(CallState.WAITING);
        assertThat(rig.status("mail").problem())
                .contains("without Nodoubt-Outcome")
                .contains("resume it by hand");

        rig.transport.follows(attempt ->
                attempt.step() == Step.EXECUTE ? ScriptedTransport.EXECUTED : Outcome.Never.of(Outcome.Why.FENCED));
        rig.relay.resume("mail");
        rig.pass("PT10M");

        assertThat(rig.transport.probes()).hasSize(2);
        assertThat(rig.state(second)).isEqualTo(CallState.EXECUTED);
        assertThat(rig.state(first)).isEqualTo(CallState.UNRESOLVED);
        assertThat(rig.transport.sent())
                .filteredOn(s -> s.attempt().key().equals(first))
                .extracting(s -> s.attempt().step())
                .startsWith(Step.EXECUTE, Step.QUERY)
                .doesNotContain(Step.FENCE);
    }

    @Test
    void wrong_credentials_pause_the_target_until_a_probe_is_answered() {
        Rig rig = Rig.started(ONE_AT_A_TIME);
        rig.transport.answers(new Answer.NotExecuted(Reply.of(401)));

        IdempotencyKey first = rig.send("mail");
        IdempotencyKey second = rig.send("mail");
        rig.transport.answersProbes(new Answer.NotExecuted(Reply.of(401)));
        rig.pass("PT30S");

        assertThat(rig.transport.sent()).hasSize(1);
        assertThat(rig.status("mail").problem()).contains("outcome endpoint gave no answer");

        rig.transport.answers(ScriptedTransport.EXECUTED);
        rig.transport.answersProbes(new Answer.Absent());
        rig.pass("PT18S"); // 16 s and their jitter

        assertThat(List.of(first, second)).allMatch(key -> rig.state(key) == CallState.EXECUTED);
        assertThat(rig.status("mail").problem()).isNull();
    }
}
