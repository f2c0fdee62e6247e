package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.Crossing;
import dev.nodoubt.demo.network.Crossing.Asked;
import dev.nodoubt.demo.network.Crossing.Event;
import dev.nodoubt.demo.network.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofNanos(-1);
    private static final String CALL = "POST /api/notifications HTTP/1.1\r\nIdempotency-Key: \"k1\"\r\n\r\n{}";

    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void anAttemptWithAnAnswerInTimeLeavesNoDoubt() {
        Story story = story(NEVER);

        story.wire().saw(crossing(Event.SENT, "NONE", CALL));
        story.wire().saw(crossing(Event.HANDED_OVER, "", ""));
        story.wire().saw(crossing(Event.ANSWERED, "202 executed", ""));
        story.wire().saw(crossing(Event.RETURNED, "202 executed", ""));
        story.wire().tellTimeouts();

        assertThat(steps(story)).containsExactly("sent_CALL", "arrives", "returns");
        assertThat(story.wire().isUnanswered()).isFalse();
        assertThat(story.wire().isAccepted()).isTrue();
        assertThat(story.key()).contains("\"k1\"");
        assertThat(changes).hasValue(3);
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNone() {
        Story story = story(AT_ONCE);

        story.wire().saw(crossing(Event.SENT, "NONE", CALL));
        story.wire().tellTimeouts();
        story.wire().tellTimeouts();
        story.wire().saw(crossing(Event.RETURNED, "202", ""));

        assertThat(steps(story)).containsExactly("sent_CALL", "timeout", "returns_late");
        assertThat(story.wire().isUnanswered()).isTrue();
        assertThat(story.wire().isAccepted()).isFalse();
    }

    @Test
    void whatAPersonSendsIsNothingThatTheCallerKnows() {
        Story story = story(AT_ONCE);
        story.wire().handFrom(50_000);

        story.wire().saw(byHand(1, Event.SENT, "NONE"));
        story.wire().tellTimeouts();
        story.wire().saw(byHand(1, Event.RETURNED, "202 executed"));
        story.wire().saw(byHand(2, Event.SENT, "DROP_ANSWER"));
        story.wire().saw(byHand(2, Event.ANSWERED, "202 executed"));
        story.wire().saw(byHand(2, Event.GIVEN_UP, ""));
        story.wire().saw(byHand(3, Event.SENT, "NONE"));
        story.wire().saw(byHand(3, Event.BROKEN, ""));
        story.wire().saw(byHand(3, Event.RETURNED, "503"));

        assertThat(steps(story))
                .containsExactly(
                        "hand_sent",
                        "returns",
                        "hand_sent",
                        "meets_DROP_ANSWER",
                        "answers",
                        "hand_sent",
                        "broken",
                        "returns");
        assertThat(story.wire().isUnanswered()).isFalse();
        assertThat(story.wire().isAccepted()).isFalse();
    }

    @Test
    void faultsOfTheNetworkAreTold() {
        Story story = story(NEVER);

        story.wire().saw(crossing(Event.SENT, Fault.RESET.name(), CALL));
        story.wire().saw(crossing(Event.ANSWERED, "202", ""));
        story.wire().saw(crossing(Event.RESET, "", ""));
        story.wire().saw(crossing(Event.SENT, Fault.LOSE_REQUEST.name(), CALL));
        story.wire().saw(crossing(Event.GIVEN_UP, "", ""));
        story.wire().saw(crossing(Event.SENT, "NONE", CALL));
        story.wire().saw(crossing(Event.BROKEN, "", ""));

        assertThat(steps(story))
                .containsExactly(
                        "sent_CALL",
                        "meets_RESET",
                        "answers",
                        "reset",
                        "sent_CALL",
                        "meets_LOSE_REQUEST",
                        "timeout",
                        "sent_CALL",
                        "broken");
    }

    @Test
    void onlyTheLastStepsAreKept() {
        Story story = story(NEVER);

        for (int i = 0; i < Story.STEPS + 5; i++) {
            story.step("person", "mend");
        }

        assertThat(steps(story)).hasSize(Story.STEPS);
        assertThat(story.shown()).containsEntry("dropped", 5);
    }

    @Test
    void eachCopyOfTheMailAndEachNewBeliefIsTheNextStep() {
        Story story = story(NEVER);

        story.arrived(2);
        story.arrived(1);
        story.arrived(2);
        story.believes(Belief.IN_DOUBT, "why");
        story.believes(Belief.IN_DOUBT, "why else");

        assertThat(steps(story)).containsExactly("mail", "mail_again", "believes_IN_DOUBT");
        assertThat(story.shown()).containsEntry("mails", 2).containsEntry("said", "why else");
    }

    @Test
    void aStoryIsOverUntilAPersonDoesMore() {
        Story story = story(NEVER);

        assertThat(story.conclude(Verdict.DOUBLED, 0)).isTrue();
        assertThat(story.conclude(Verdict.FLAWLESS, 0)).isFalse();
        assertThat(story.shown()).containsEntry("verdict", "DOUBLED").containsEntry("tone", "BAD");

        story.handBegins();
        assertThat(story.shown()).doesNotContainKey("verdict");
    }

    @Test
    void aLaneIsBusyWithItsStoryUntilAPersonsHandIsDone() {
        Story story = story(NEVER);
        story.clientDone();
        assertThat(story.isBusy()).isTrue();

        story.handBegins();
        assertThat(story.conclude(Verdict.FLAWLESS, story.turn())).isFalse();
        assertThat(story.isBusy()).isTrue();
        assertThat(story.shown()).doesNotContainKey("verdict");

        int before = story.turn();
        story.handEnds();
        assertThat(story.conclude(Verdict.FLAWLESS, before)).isFalse();
        assertThat(story.isOpen()).isTrue();
        assertThat(story.conclude(Verdict.DOUBLED, story.turn())).isTrue();
        assertThat(story.isBusy()).isFalse();
        assertThat(story.shown()).containsEntry("verdict", "DOUBLED");
    }

    @Test
    void whatNobodyCanJudgeEndsWithTheReasonToldOnce() {
        Story story = story(NEVER);
        story.clientDone();

        story.failed("caller", new IllegalStateException("why"));
        story.abandon("caller", new IllegalStateException("why"));

        assertThat(steps(story)).containsExactly("answered_client", "failed", "abandoned");
        assertThat(story.isBusy()).isFalse();
        assertThat(story.shown()).doesNotContainKey("verdict");
    }

    @Test
    void whatWasJudgedKeepsItsVerdictThoughTheReceiverIsGone() {
        Story story = story(NEVER);

        story.conclude(Verdict.ROLLED_BACK, 0);
        story.abandon("receiver", new IllegalStateException("gone"));

        assertThat(steps(story)).containsExactly("failed");
        assertThat(story.verdict()).contains(Verdict.ROLLED_BACK);
    }

    @Test
    void whatWasAbandonedStaysSoWhateverAPersonDoes() {
        Story story = story(NEVER);
        story.clientDone();

        story.handBegins();
        story.abandon("receiver", new IllegalStateException("gone"));
        story.handEnds();
        assertThat(story.isBusy()).isFalse();

        story.handBegins();
        story.handEnds();
        assertThat(story.isOpen()).isFalse();
        assertThat(story.isBusy()).isFalse();
    }

    private Story story(Duration patience) {
        return new Story(
                new Transfer(1, Sending.PAYER, "Ada", BigDecimal.TEN, "m"),
                new Sending("Ada", "m", LabFault.NONE, 1, List.of("retry"), false),
                patience,
                changes::incrementAndGet);
    }

    private static Crossing crossing(Event event, String detail, String request) {
        return new Crossing(1, 1, 40_000, Asked.CALL, event, detail, request);
    }

    private static Crossing byHand(int attempt, Event event, String detail) {
        return new Crossing(1, attempt, 50_000, Asked.CALL, event, detail, event == Event.SENT ? CALL : "");
    }

    private static List<String> steps(Story story) {
        List<?> kept = (List<?>) story.shown().getOrDefault("steps", List.of());
        return kept.stream().map(step -> ((Story.Step) step).what()).toList();
    }
}
