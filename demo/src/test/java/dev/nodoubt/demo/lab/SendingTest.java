package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendingTest {

    @Test
    void aPersonsTextIsTakenAsItIs() {
        Sending sending = sending("\"><img src=x>", "<script>", 1, List.of("retry"));

        assertThat(sending.to()).isEqualTo("\"><img src=x>");
        assertThat(sending.memo()).isEqualTo("<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a#1", "a\nb", "a\u2028b", "nodoubt lab", "\ud800"})
    void aRecipientThatCannotBeIsRefused(String to) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> sending(to, "", 1, List.of("retry")))
                .withMessage("refused_to");
    }

    @Test
    void whatIsTooLongOrTooLittleIsRefused() {
        assertRefused("refused_to", () -> sending("가".repeat(61), "", 1, List.of("retry")));
        assertRefused("refused_memo", () -> sending("a", "m".repeat(121), 1, List.of("retry")));
        assertRefused("refused_memo", () -> sending("a", "two\r\nlines", 1, List.of("retry")));
        assertRefused("refused_attempts", () -> sending("a", "", 0, List.of("retry")));
        assertRefused("refused_lanes", () -> sending("a", "", 1, List.of()));
        assertRefused("refused_lanes", () -> sending("a", "", 1, List.of("retry", "retry")));
    }

    private static void assertRefused(String reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatExceptionOfType(Refused.class).isThrownBy(act).withMessage(reason);
    }

    private static Sending sending(String to, String memo, int attempts, List<String> lanes) {
        return new Sending(to, memo, LabFault.NONE, attempts, lanes, false);
    }
}
