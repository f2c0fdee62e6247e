package dev.nodoubt.staged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NextStepTest {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final EffectResult SENT = new EffectResult.Done("250 ok");
    private static final EffectResult LATER = new EffectResult.NotDone("451 later", false);
    private static final EffectResult REFUSED = new EffectResult.NotDone("554 no", true);
    private static final EffectResult DOUBT = new EffectResult.InDoubt("reset");

    @ParameterizedTest
    @EnumSource
    void whatWasTakenIsSentWhateverWasBefore(StagedPolicy policy) {
        assertThat(NextStep.after(SENT, 0, policy, WAIT)).isEqualTo(new NextStep(IntentState.SENT, 0, null, "250 ok"));
        assertThat(NextStep.after(SENT, 2, policy, WAIT)).isEqualTo(new NextStep(IntentState.SENT, 2, null, "250 ok"));
    }

    @ParameterizedTest
    @EnumSource
    void whatCertainlyHadNoEffectWaitsForTheNextAttempt(StagedPolicy policy) {
        assertThat(NextStep.after(LATER, 0, policy, WAIT))
                .isEqualTo(new NextStep(IntentState.WAITING, 0, WAIT, "451 later"));
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRefusedForGoodAndCannotExistHasFailed(StagedPolicy policy) {
        assertThat(NextStep.after(REFUSED, 0, policy, WAIT))
                .isEqualTo(new NextStep(IntentState.FAILED, 0, null, "554 no"));
    }

    @Test
    void underAtLeastOnceWhatIsInDoubtIsRepeated() {
        assertThat(NextStep.after(DOUBT, 1, StagedPolicy.AT_LEAST_ONCE, WAIT))
                .isEqualTo(new NextStep(IntentState.IN_DOUBT, 2, WAIT, "reset"));
    }

    @Test
    void underAtMostOnceWhatIsInDoubtIsParked() {
        assertThat(NextStep.after(DOUBT, 0, StagedPolicy.AT_MOST_ONCE, WAIT))
                .isEqualTo(new NextStep(IntentState.IN_DOUBT, 1, null, "reset"));
    }

    @Test
    void doubtDoesNotHealByALaterAttemptThatCertainlyHadNoEffect() {
        assertThat(NextStep.after(LATER, 1, StagedPolicy.AT_LEAST_ONCE, WAIT))
                .isEqualTo(new NextStep(IntentState.IN_DOUBT, 1, WAIT, "451 later"));
    }

    @Test
    void doubtDoesNotHealByALaterRefusalWhichParks() {
        assertThat(NextStep.after(REFUSED, 1, StagedPolicy.AT_LEAST_ONCE, WAIT))
                .isEqualTo(
                        new NextStep(IntentState.IN_DOUBT, 1, null, "554 no; an earlier attempt may have succeeded"));
    }

    @Test
    void whateverTheOtherSideSaysBecomesOneLineThatCanBeRecorded() {
        EffectResult result = new EffectResult.Done("250 ok\r\n\0 \uD800 " + "x".repeat(190) + "🎂".repeat(50));

        NextStep next = NextStep.after(result, 0, StagedPolicy.AT_MOST_ONCE, WAIT);

        assertThat(next.last())
                .hasSizeLessThanOrEqualTo(200)
                .startsWith("250 ok xxx")
                .endsWith("…");
        assertThat(next.last().codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
