package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferOrderTest {

    @ParameterizedTest
    @ValueSource(strings = {"가", "😀", "e\u0301"})
    void a_memo_is_measured_in_code_points(String character) {
        int points = character.codePointCount(0, character.length());
        String longest = character.repeat(140 / points);

        TransferOrder order = TransferOrder.of("1001", "1002", "1", longest);

        assertThat(order.memo()).isEqualTo(longest);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TransferOrder.of("1001", "1002", "1", longest + character))
                .withMessage("memo must have at most 140 characters, was \"" + (140 + points) + " characters\"");
    }

    @Test
    void a_memo_may_be_missing() {
        assertThat(TransferOrder.of("1001", "1002", "1", null).memo()).isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(null, "1002", "from", "is required"),
                Arguments.of("1001", null, "to", "is required"),
                Arguments.of("1001", "1001", "to", "must be another account than from"),
                Arguments.of("", "1002", "from", "must be 1 to 36 letters, digits or hyphens (A-Z a-z 0-9 -)"),
                Arguments.of("1'; drop", "1002", "from", "must be 1 to 36 letters, digits or hyphens (A-Z a-z 0-9 -)"),
                Arguments.of(
                        "1001", "x".repeat(37), "to", "must be 1 to 36 letters, digits or hyphens (A-Z a-z 0-9 -)"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void accounts_are_checked_by_form(@Nullable String from, @Nullable String to, String field, String rule) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TransferOrder.of(from, to, "1", "memo"))
                .satisfies(refused -> {
                    assertThat(refused.field()).isEqualTo(field);
                    assertThat(refused.rule()).isEqualTo(rule);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\u2028", "\u001b[31m", "\ud800", "a\udc00b"})
    void what_cannot_stand_on_one_line_of_text_is_no_memo(String memo) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TransferOrder.of("1001", "1002", "1", memo))
                .satisfies(refused -> {
                    assertThat(refused.field()).isEqualTo("memo");
                    assertThat(refused.value()).startsWith("U+");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a@", "@b", "a b@c", "a@b\r\nBcc: c@d", "a@b@c", "a..b@c", "a@-c", "한글@example.com"})
    void an_address_that_could_not_be_sent_to_is_refused_when_the_account_is_opened(String email) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> NewAccount.of(null, "owner", email, "1"))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("email"));
    }

    @Test
    void an_account_needs_an_owner_and_nothing_else() {
        NewAccount account = NewAccount.of(null, "김민준", null, null);

        assertThat(account.balance()).isZero();
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> NewAccount.of(null, " ", null, null))
                .withMessage("owner is required");
    }
}
