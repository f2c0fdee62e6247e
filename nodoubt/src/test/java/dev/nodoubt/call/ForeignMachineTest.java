package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The machine at targets that are no nodoubt receivers, and at a gate when asking was in vain (protocol, sections 11 and
 * 12). The first sending was at {@link #SENT}; times are seconds after it.
 */
class ForeignMachineTest {

    private static final IdempotencyKey KEY = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");
    private static final Instant SENT = Instant.parse("2026-11-26T12:00:00Z");
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(16), 0);
    private static final AttemptResult ABSENT = new Answer.Absent();
    private static final AttemptResult LOST = new Lost("no answer");

    /** key: 100 s; query: 30 s of processing; cancel: after 3 s, within 60 s. */
    private static final Map<String, Capability> CAPABILITIES = Map.of(
            "gate", new Capability.Gate(),
            "key", new Capability.Key(Duration.ofSeconds(100), null),
            "key+query",
                    new Capability.Key(Duration.ofSeconds(100), new Capability.Query(Duration.ofSeconds(30), false)),
            "query", new Capability.Query(Duration.ofSeconds(30), false),
            "query, assumes", new Capability.Query(Duration.ofSeconds(30), true),
            "net cancel", new Capability.NetCancel(Duration.ofSeconds(3), Duration.ofSeconds(60)),
            "none", new Capability.None());

    /** What is done at that many seconds after the sending, not giving up | giving up. */
    private static final String NEXT = """
            state, seconds | gate          | key             | key+query       | query         | query, assumes | net cancel      | none
            waiting 0      | execute/never | execute/never   | execute/never   | execute/never | execute/never  | execute/never   | execute/never
            in-doubt 1     | execute/fence | execute/execute | execute/execute | query/query   | query/query    | cancel/cancel   | park/park
            in-doubt 59    | execute/fence | execute/execute | execute/execute | query/query   | query/query    | cancel/cancel   | park/park
            in-doubt 60    | execute/fence | execute/execute | execute/execute | query/query   | query/query    | park/park       | park/park
            in-doubt 79    | execute/fence | execute/execute | execute/execute | query/query   | query/query    | park/park       | park/park
            in-doubt 80    | execute/fence | park/park       | query/query     | query/query   | query/query    | park/park       | park/park
            unresolved 1   | query/fence   | park/park       | query/query     | query/query   | query/query    | park/park       | park/park
            """;

    @Test
    void the_next_step_is_the_one_in_the_table() {
        List<String[]> rows = NEXT.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new))
                .toList();
        String[] names = rows.get(0);
        for (String[] row : rows.subList(1, rows.size())) {
            String[] standing = row[0].split(" ", -1);
            Instant now = SENT.plusSeconds(Long.parseLong(standing[1]));
            for (int i = 1; i < row.length; i++) {
                Capability capability = named(names[i]);
                CallState state = CallState.ofWord(standing[0]);
                String found = word(CallMachine.next(progress(state, null), capability, now)) + "/"
                        + word(CallMachine.next(progress(state, Progress.GivingUp.CANCELLED), capability, now));
                assertThat(found).as("%s at %s", row[0], names[i]).isEqualTo(row[i]);
            }
        }
    }

    private static Capability named(String name) {
        return Objects.requireNonNull(CAPABILITIES.get(name), name);
    }

    private static String word(Step step) {
        return step == Step.SETTLE_NEVER ? "never" : MachineCase.word(step);
    }

    @ParameterizedTest(name = "{0}: {1} → {2} in {3} s")
    @CsvSource(delimiter = '|', textBlock = """
            key        | lost          | in-doubt   | 2
            key        | not sent      | waiting    | 2
            key        | not executed  | waiting    | 2
            key        | in progress   | in-doubt   | 1
            query      | lost          | in-doubt   | 2
            query      | not sent      | waiting    | 2
            query      | not executed  | waiting    | 2
            net cancel | lost          | in-doubt   | 0
            net cancel | not sent      | waiting    | 2
            net cancel | not executed  | waiting    | 2
            none       | lost          | unresolved | 86400
            none       | not sent      | waiting    | 2
            none       | not executed  | waiting    | 2
            """)
    void what_follows_from_the_first_execute(String capability, String result, String state, long wait) {
        Progress after = kept(lesson(capability, Step.EXECUTE, CallState.WAITING, 0), result(result));

        assertThat(after.state().word()).isEqualTo(state);
        assertThat(after.doubt()).isEqualTo(state.equals("waiting") ? null : Doubt.since(SENT));
        // the answer came four seconds after the sending: the cancel, due three seconds after it, goes out at once
        assertThat(Duration.between(SENT.plusSeconds(4), after.dueAt()).toSeconds())
                .isEqualTo(wait);
    }

    private static AttemptResult result(String name) {
        return switch (name) {
            case "lost" -> LOST;
            case "not sent" -> new NotSent("connection refused");
            case "not executed" -> new Answer.NotExecuted(Reply.of(503));
            case "in progress" -> new Answer.InProgress(Duration.ofSeconds(1));
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Test
    void a_key_that_is_in_doubt_stays_in_doubt_whatever_a_later_attempt_says() {
        for (String name : List.of("lost", "not sent", "not executed", "in progress")) {
            Progress after = kept(lesson("key", Step.EXECUTE, CallState.IN_DOUBT, 20), result(name));

            assertThat(after.doubt()).as(name).isEqualTo(Doubt.since(SENT));
        }
    }

    @Test
    void a_refusal_that_no_repetition_helps_makes_the_caller_give_up_what_was_never_sent() {
        Progress after =
                kept(lesson("none", Step.EXECUTE, CallState.WAITING, 0), new Answer.NotExecuted(Reply.of(400)));

        assertThat(after.givingUp()).isEqualTo(new Progress.GivingUp(Reply.of(400)));
        assertThat(CallMachine.next(after, new Capability.None(), SENT)).isEqualTo(Step.SETTLE_NEVER);
    }

    @ParameterizedTest(name = "asked at {0} s")
    @CsvSource({"5, false", "29, false", "30, true", "45, true"})
    void absence_means_something_only_when_it_was_asked_for_after_the_processing_time(long asked, boolean over) {
        Progress after = kept(lesson("query", Step.QUERY, CallState.IN_DOUBT, asked), ABSENT);
        Decision assumed =
                lesson("query, assumes", Step.QUERY, CallState.IN_DOUBT, asked).of(ABSENT);

        assertThat(after.state()).isEqualTo(over ? CallState.UNRESOLVED : CallState.IN_DOUBT);
        assertThat(assumed instanceof Decision.Settle).isEqualTo(over);
        if (over) {
            assertThat(assumed).isEqualTo(new Decision.Settle(Outcome.Never.of(Why.ASSUMED)));
            assertThat(after.last()).contains("nothing proves it");
        }
    }

    @Test
    void the_last_query_of_a_processing_time_is_made_when_it_is_over() {
        Progress after = kept(lesson("query", Step.QUERY, CallState.IN_DOUBT, 25), ABSENT); // answered at 29

        assertThat(after.dueAt()).isEqualTo(SENT.plusSeconds(30));
    }

    @Test
    void after_its_retention_a_key_was_last_sent_at_four_fifths_of_it() {
        Progress early = kept(lesson("key+query", Step.QUERY, CallState.IN_DOUBT, 109), ABSENT);
        Progress late = kept(lesson("key+query", Step.QUERY, CallState.IN_DOUBT, 110), ABSENT);

        assertThat(early.state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(late.state()).isEqualTo(CallState.UNRESOLVED);
    }

    static Stream<Outcome> outcomes() {
        return Stream.of(
                new Outcome.Executed(Reply.of(200)),
                new Outcome.Rejected(Reply.of(422)),
                Outcome.Never.of(Why.CANCELLED));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void an_outcome_settles_also_what_is_unresolved(Outcome outcome) {
        for (CallState state : List.of(CallState.IN_DOUBT, CallState.UNRESOLVED)) {
            assertThat(lesson("query", Step.QUERY, state, 40).of(outcome)).isEqualTo(new Decision.Settle(outcome));
            assertThat(lesson("net cancel", Step.CANCEL, state, 40).of(outcome))
                    .isEqualTo(new Decision.Settle(outcome));
        }
    }

    @Test
    void no_original_is_no_answer_to_a_cancel() {
        Progress after = kept(lesson("net cancel", Step.CANCEL, CallState.IN_DOUBT, 10), ABSENT);

        assertThat(after.state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(after.doubt()).isEqualTo(new Doubt(SENT, 1, false));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"gate, FENCE", "query, QUERY"})
    void asking_in_vain_is_bounded_and_counted_apart(String capability, Step step) {
        OpenCall almost = call(progress(CallState.IN_DOUBT, null, new Doubt(SENT, 98, false)));
        OpenCall last = call(progress(CallState.IN_DOUBT, null, new Doubt(SENT, 99, false)));

        Progress kept = kept(lesson(capability, step, almost, 10), LOST);
        Progress parked = kept(lesson(capability, step, last, 10), LOST);
        Progress notSent = kept(lesson(capability, step, last, 10), new NotSent("connection refused"));

        assertThat(kept.state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(parked.state()).isEqualTo(CallState.UNRESOLVED);
        assertThat(parked.last()).contains("asked 100 times");
        assertThat(notSent.state()).isEqualTo(CallState.IN_DOUBT);
        assertThat(notSent.doubt()).isEqualTo(last.progress().doubt());
    }

    @Test
    void a_fence_settles_also_a_call_that_asking_could_not() {
        Outcome fenced = Outcome.Never.of(Why.FENCED);

        assertThat(lesson("gate", Step.FENCE, CallState.UNRESOLVED, 10).of(fenced))
                .isEqualTo(new Decision.Settle(fenced));
    }

    @Test
    void a_parked_call_says_why_once_and_stays() {
        Progress parked = CallMachine.parked(progress(CallState.IN_DOUBT, null), new Capability.None(), SENT);
        Progress again = CallMachine.parked(parked, new Capability.None(), SENT.plusSeconds(5));

        assertThat(parked.state()).isEqualTo(CallState.UNRESOLVED);
        assertThat(parked.last()).isEqualTo("the target offers nothing that would tell (before: lost: no answer)");
        assertThat(again.last()).isEqualTo(parked.last());
        assertThat(again.dueAt()).isEqualTo(SENT.plusSeconds(5).plus(CallMachine.PARKED_PACE));
    }

    @Test
    void a_call_with_waits_of_its_own_keeps_to_them() {
        OpenCall own = new OpenCall(
                KEY,
                new Request("exchange", "POST", "/orders", Payload.EMPTY),
                new Terms(Call.Labels.NONE, new Backoff(Duration.ofSeconds(7), Duration.ofSeconds(7), 0), true),
                progress(CallState.WAITING, null),
                null);

        Progress after = kept(lesson("query", Step.EXECUTE, own, 0), new NotSent("connection refused"));

        assertThat(after.dueAt()).isEqualTo(SENT.plusSeconds(4 + 7));
    }

    private static Progress kept(Lesson lesson, AttemptResult result) {
        return ((Decision.Keep) lesson.of(result)).progress();
    }

    private static Lesson lesson(String capability, Step step, CallState state, long begun) {
        return lesson(capability, step, call(progress(state, null)), begun);
    }

    /** The result came four seconds after the step began. */
    private static Lesson lesson(String capability, Step step, OpenCall call, long begun) {
        Target target = Target.of("exchange").withCapability(named(capability)).withBackoff(BACKOFF);
        return new Lesson(call, target, step, SENT.plusSeconds(begun), SENT.plusSeconds(begun + 4));
    }

    private static OpenCall call(Progress progress) {
        Request request = new Request("exchange", "POST", "/orders", Payload.EMPTY);
        return new OpenCall(KEY, request, new Terms(Call.Labels.NONE, null, true), progress, null);
    }

    private static Progress progress(CallState state, Progress.@Nullable GivingUp givingUp) {
        return progress(state, givingUp, state == CallState.WAITING ? null : Doubt.since(SENT));
    }

    private static Progress progress(CallState state, Progress.@Nullable GivingUp givingUp, @Nullable Doubt doubt) {
        return new Progress(state, 0, SENT, SENT.plusSeconds(86_400), givingUp, "lost: no answer", doubt);
    }
}
