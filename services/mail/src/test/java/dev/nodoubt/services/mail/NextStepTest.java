package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NextStepTest {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final SendResult SENT = new SendResult.Sent("250 ok");
    private static final SendResult LATER = new SendResult.NotSent("451 later", false);
    private static final SendResult REFUSED = new SendResult.NotSent("554 no", true);
    private static final SendResult DOUBT = new SendResult.InDoubt("reset");

    @ParameterizedTest
    @EnumSource
    void anAcceptedMailIsSentWhateverWasBefore(DeliveryPolicy policy) {
        assertThat(NextStep.after(SENT, 0, policy, WAIT))
                .isEqualTo(new NextStep(DeliveryState.SENT, 0, null, "250 ok"));
        assertThat(NextStep.after(SENT, 2, policy, WAIT))
                .isEqualTo(new NextStep(DeliveryState.SENT, 2, null, "250 ok"));
    }

    @ParameterizedTest
    @EnumSource
    void aMailThatCertainlyDidNotLeaveWaitsForTheNextAttempt(DeliveryPolicy policy) {
        assertThat(NextStep.after(LATER, 0, policy, WAIT))
                .isEqualTo(new NextStep(DeliveryState.WAITING, 0, WAIT, "451 later"));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedMailOfWhichNoCopyCanExistHasFailed(DeliveryPolicy policy) {
        assertThat(NextStep.after(REFUSED, 0, policy, WAIT))
                .isEqualTo(new NextStep(DeliveryState.FAILED, 0, null, "554 no"));
    }

    @Test
    void underAtLeastOnceAMailInDoubtIsRepeated() {
        assertThat(NextStep.after(DOUBT, 1, DeliveryPolicy.AT_LEAST_ONCE, WAIT))
                .isEqualTo(new NextStep(DeliveryState.IN_DOUBT, 2, WAIT, "reset"));
    }

    @Test
    void underAtMostOnceAMailInDoubtIsParked() {
        assertThat(NextStep.after(DOUBT, 0, DeliveryPolicy.AT_MOST_ONCE, WAIT))
                .isEqualTo(new NextStep(DeliveryState.IN_DOUBT, 1, null, "reset"));
    }

    @Test
    void doubtDoesNotHealByALaterAttemptThatCertainlyDidNotLeave() {
        assertThat(NextStep.after(LATER, 1, DeliveryPolicy.AT_LEAST_ONCE, WAIT))
                .isEqualTo(new NextStep(DeliveryState.IN_DOUBT, 1, WAIT, "451 later"));
    }

    @Test
    void doubtDoesNotHealByALaterRefusalWhichParksTheMail() {
        assertThat(NextStep.after(REFUSED, 1, DeliveryPolicy.AT_LEAST_ONCE, WAIT))
                .isEqualTo(new NextStep(DeliveryState.IN_DOUBT, 1, null, "554 no; an earlier copy may have arrived"));
    }
}
