package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "12.34, 12.34",
        "12.3, 12.30",
        "12, 12.00",
        "0.01, 0.01",
        "007.50, 7.50",
        "999999999999999.99, 999999999999999.99",
        "0.10, 0.10"
    })
    void an_amount_keeps_every_digit_and_has_two_decimals(String text, String expected) {
        BigDecimal amount = Money.amount("amount", text);

        assertThat(amount).isEqualTo(new BigDecimal(expected));
        assertThat(amount.scale()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | must be more than 0",
                "0.00 | must be more than 0",
                "-1 | must not be negative",
                "-0.01 | must not be negative",
                "1.234 | must have at most 2 digits after the point",
                "1.000 | must have at most 2 digits after the point",
                "1000000000000000 | must have at most 15 digits before the point",
                "1e3 | must be a decimal number",
                "+1 | must be a decimal number",
                ".5 | must be a decimal number",
                "5. | must be a decimal number",
                "1,000 | must be a decimal number",
                "'' | must be a decimal number",
                "' 1' | must be a decimal number",
                "NaN | must be a decimal number",
                "0x10 | must be a decimal number",
                "１２ | must be a decimal number",
                "--1 | must be a decimal number"
            })
    void what_breaks_a_rule_is_refused_with_field_rule_and_value(String text, String rule) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Money.amount("amount", text))
                .satisfies(refused -> {
                    assertThat(refused.field()).isEqualTo("amount");
                    assertThat(refused.rule()).startsWith(rule);
                    assertThat(refused.value()).isEqualTo(text);
                });
    }

    @Test
    void a_missing_amount_is_named() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Money.amount("amount", null))
                .withMessage("amount is required");
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 1_000_000})
    void a_number_of_very_many_digits_is_refused_by_its_length_and_shown_shortened(int digits) {
        String text = "9".repeat(digits);

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> Money.amount("amount", text))
                .satisfies(refused -> {
                    assertThat(refused.rule()).isEqualTo("must have at most 17 digits");
                    assertThat(refused.value()).hasSizeLessThanOrEqualTo(81);
                });
    }

    @Test
    void a_balance_may_be_zero_and_not_negative() {
        assertThat(Money.balance("balance", "0")).isEqualTo("0.00");
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> Money.balance("balance", "-0.01"));
    }
}
