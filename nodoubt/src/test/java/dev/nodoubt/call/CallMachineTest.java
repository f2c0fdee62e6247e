package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.MachineCase.Wish;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole machine as tables (protocol, sections 1, 4 and 12). Columns are the states in which the step was taken;
 * <em>backoff</em> is the wait after this attempt, <em>pace</em> five minutes, <em>as asked</em> the receiver's wish.
 */
class CallMachineTest {

    private static final String STEPS = """
            gives up because | waiting      | in-doubt | unresolved
            NONE             | execute      | execute  | query
            DEADLINE         | settle never | fence    | query
            CANCELLED        | settle never | fence    | query
            REFUSED          | settle never | fence    | query
            """;

    /** Unresolved here: answered without its gate. Such a call is not executed: its column says that even then it would stay unresolved. */
    private static final String EXECUTE = """
            result                        | waiting                           | in-doubt                          | unresolved
            executed                      | settled executed                  | settled executed                  | settled executed
            rejected                      | settled rejected                  | settled rejected                  | unresolved, pace
            never                         | settled never                     | settled never                     | unresolved, pace
            in-progress                   | in-doubt, as asked                | in-doubt, as asked                | unresolved, as asked
            absent                        | in-doubt, backoff                 | in-doubt, backoff                 | unresolved, pace
            unknown                       | in-doubt, backoff                 | in-doubt, backoff                 | unresolved, pace
            expired                       | unresolved, pace                  | unresolved, pace                  | unresolved, pace
            not-executed 401 403          | in-doubt, backoff, target paused  | in-doubt, backoff, target paused  | unresolved, pace, target paused
            not-executed other 4xx, 501   | in-doubt, at once, gives up       | in-doubt, at once, gives up       | unresolved, at once, gives up
            not-executed other            | in-doubt, backoff                 | in-doubt, backoff                 | unresolved, pace
            not-executed with Retry-After | in-doubt, later                   | in-doubt, later                   | unresolved, pace
            not sent                      | waiting, backoff                  | in-doubt, backoff                 | unresolved, pace
            lost                          | in-doubt, backoff                 | in-doubt, backoff                 | unresolved, pace
            unmarked                      | unresolved, pace, target shut     | unresolved, pace, target shut     | unresolved, pace, target shut
            """;

    /** Query and fence are answered alike: what they cannot learn changes nothing. */
    private static final String QUERY_OR_FENCE = """
            result                        | waiting              | in-doubt              | unresolved
            executed                      | –                    | settled executed      | settled executed
            rejected                      | –                    | settled rejected      | unresolved, pace
            never                         | –                    | settled never         | unresolved, pace
            in-progress                   | –                    | in-doubt, as asked    | unresolved, as asked
            absent                        | –                    | in-doubt, backoff     | unresolved, pace
            unknown                       | –                    | in-doubt, backoff     | unresolved, pace
            expired                       | –                    | unresolved, pace      | unresolved, pace
            not-executed 401 403          | –                    | in-doubt, backoff     | unresolved, pace
            not-executed other 4xx, 501   | –                    | in-doubt, backoff     | unresolved, pace
            not-executed other            | –                    | in-doubt, backoff     | unresolved, pace
            not-executed with Retry-After | waiting, backoff     | in-doubt, backoff     | unresolved, pace
            not sent                      | –                    | in-doubt, backoff     | unresolved, pace
            lost                          | –                    | in-doubt, backoff     | unresolved, pace
            unmarked                      | –                    | in-doubt, backoff     | unresolved, pace
            """;

    @Test
    void the_next_step_is_the_one_in_the_table() {
        for (String[] row : rows(STEPS)) {
            for (int i = 0; i < MachineCase.STATES.size(); i++) {
                Progress progress = Wish.valueOf(row[0]).of(MachineCase.STATES.get(i), 3);

                Step next = CallMachine.next(progress, MachineCase.GATE, MachineCase.NOW);

                assertThat(MachineCase.word(next))
                        .as("%s, %s", row[0], progress.state())
                        .isEqualTo(row[i + 1]);
            }
        }
    }

    @Test
    void what_follows_from_a_result_is_what_stands_in_the_table() {
        assertTable(EXECUTE, Step.EXECUTE);
        assertTable(QUERY_OR_FENCE, Step.QUERY);
        assertTable(QUERY_OR_FENCE, Step.FENCE);
    }

    private static void assertTable(String table, Step step) {
        assertThat(rows(table))
                .extracting(row -> row[0])
                .containsExactlyElementsOf(
                        ResultClass.ALL.stream().map(ResultClass::name).toList());
        List<String> wrong = rows(table).stream()
                .flatMap(row -> ResultClass.named(row[0]).results().stream()
                        .flatMap(MachineCase::of)
                        .filter(c -> c.step() == step)
                        .map(c -> difference(row[1 + MachineCase.STATES.indexOf(c.state())], c)))
                .filter(difference -> !difference.isEmpty())
                .toList();
        assertThat(wrong).isEmpty();
    }

    private static String difference(String cell, MachineCase c) {
        String expected = expected(cell, c);
        return expected.equals(c.inWords()) ? "" : c + ": expected " + expected + ", was " + c.inWords();
    }

    /** Who gives up already does not begin to; a longer backoff outlasts what the receiver asks. */
    private static String expected(String cell, MachineCase c) {
        boolean begins = c.progress().givingUp() == null;
        boolean shorter =
                MachineCase.BACKOFF.after(MachineCase.KEY, c.attempts() + 1).compareTo(ResultClass.ASKED) < 0;
        return (begins ? cell : cell.replace(", gives up", "")).replace("later", shorter ? "as asked" : "backoff");
    }

    private static List<String[]> rows(String table) {
        return table.lines()
                .skip(1)
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new))
                .toList();
    }

    // -- laws over the whole table

    @Test
    void only_an_outcome_settles() {
        assertThat(MachineCase.all().filter(c -> c.decision() instanceof Decision.Settle))
                .isNotEmpty()
                .allMatch(c -> c.result() instanceof Outcome);
    }

    @Test
    void without_an_outcome_only_what_was_never_possibly_sent_is_settled() {
        for (CallState state : MachineCase.STATES) {
            for (Wish wish : Wish.values()) {
                Step next = CallMachine.next(wish.of(state, 3), MachineCase.GATE, MachineCase.NOW);

                if (next == Step.SETTLE_NEVER) {
                    assertThat(state).isEqualTo(CallState.WAITING);
                    assertThat(wish).isNotEqualTo(Wish.NONE);
                }
            }
        }
    }

    @Test
    void doubt_does_not_heal() {
        assertThat(kept(c -> true)).noneMatch(c -> after(c).state().compareTo(c.state()) < 0);
    }

    @Test
    void an_execute_that_may_have_left_is_never_waiting_again() {
        assertThat(kept(c -> c.step() == Step.EXECUTE && !(c.result() instanceof NotSent)))
                .noneMatch(c -> after(c).state() == CallState.WAITING);
    }

    @Test
    void each_attempt_is_counted_and_the_deadline_stays() {
        assertThat(kept(c -> true))
                .allMatch(c -> after(c).attempts() == c.attempts() + 1)
                .allMatch(c -> after(c).deadline().equals(c.progress().deadline()));
    }

    @Test
    void a_wish_to_give_up_stands() {
        assertThat(kept(c -> c.progress().givingUp() != null))
                .allMatch(c -> Objects.equals(after(c).givingUp(), c.progress().givingUp()));
    }

    @Test
    void a_kept_call_is_due_later_but_when_it_gives_up() {
        assertThat(kept(c -> after(c).givingUp() == null || !(c.result() instanceof Answer.NotExecuted)))
                .allMatch(c -> after(c).dueAt().isAfter(MachineCase.NOW));
    }

    @Test
    void a_call_answered_without_its_gate_only_asks_and_believes_only_that_it_was_executed() {
        assertThat(Wish.values())
                .allMatch(wish -> CallMachine.next(wish.of(CallState.UNRESOLVED, 1), MachineCase.GATE, MachineCase.NOW)
                        == Step.QUERY);
        assertThat(MachineCase.all().filter(c -> c.state() == CallState.UNRESOLVED))
                .allMatch(c -> c.decision() instanceof Decision.Settle == c.result() instanceof Outcome.Executed);
    }

    @Test
    void never_carries_the_refusal_that_made_the_caller_give_up() {
        Outcome fenced = Outcome.Never.of(Outcome.Why.FENCED);
        MachineCase refused = new MachineCase(CallState.IN_DOUBT, Wish.REFUSED, 1, Step.FENCE, fenced);
        MachineCase cancelled = new MachineCase(CallState.IN_DOUBT, Wish.CANCELLED, 1, Step.FENCE, fenced);

        assertThat(refused.decision())
                .isEqualTo(new Decision.Settle(new Outcome.Never(Outcome.Why.FENCED, Wish.REFUSAL)));
        assertThat(cancelled.decision()).isEqualTo(new Decision.Settle(fenced));
        assertThat(CallMachine.never(refused.progress(), Outcome.Why.NEVER_SENT).refusal())
                .isEqualTo(Wish.REFUSAL);
    }

    @ParameterizedTest(name = "asked to wait {0}, waits {1}")
    @CsvSource({"PT0S, PT0.1S", "PT0.099S, PT0.1S", "PT0.5S, PT0.5S", "PT16S, PT16S", "PT17S, PT16S", "PT9000H, PT16S"})
    void a_receiver_neither_spins_us_nor_puts_us_to_sleep(Duration asked, Duration waited) {
        MachineCase busy =
                new MachineCase(CallState.IN_DOUBT, Wish.NONE, 1, Step.EXECUTE, new Answer.InProgress(asked));

        assertThat(after(busy).dueAt()).isEqualTo(MachineCase.NOW.plus(waited));
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource({
        "0, ",
        "5, PT5S",
        "9999, PT16S",
        "-5, ",
        "1e3, ",
        "12345678901234567890, ",
        "'Wed, 21 Oct 2026 07:28:00 GMT', "
    })
    void retry_after_is_seconds_within_bounds_and_else_the_backoff_decides(String header, Duration waited) {
        Reply reply = new Reply(503, Map.of("retry-after", header), Payload.EMPTY);
        MachineCase refused =
                new MachineCase(CallState.WAITING, Wish.NONE, 0, Step.EXECUTE, new Answer.NotExecuted(reply));
        Duration backoff = MachineCase.BACKOFF.after(MachineCase.KEY, 1);

        assertThat(Duration.between(MachineCase.NOW, after(refused).dueAt()))
                .isEqualTo(waited == null ? backoff : waited);
    }

    @Test
    void reasons_from_afar_become_one_short_printable_line() {
        String hostile = "reset\r\nFAKE 12:00 ERROR all is lost \u0007" + "x".repeat(5_000);
        MachineCase lost = new MachineCase(CallState.WAITING, Wish.NONE, 0, Step.EXECUTE, new Lost(hostile));

        String last = after(lost).last();

        assertThat(last).startsWith("lost: reset  FAKE").hasSizeLessThan(310).doesNotContainPattern("\\p{Cntrl}");
    }

    private static List<MachineCase> kept(Predicate<MachineCase> which) {
        List<MachineCase> kept = MachineCase.all()
                .filter(c -> c.decision() instanceof Decision.Keep)
                .filter(which)
                .toList();
        assertThat(kept).isNotEmpty();
        return kept;
    }

    private static Progress after(MachineCase c) {
        return ((Decision.Keep) c.decision()).progress();
    }
}
