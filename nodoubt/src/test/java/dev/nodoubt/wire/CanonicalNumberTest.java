package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.io.NumberOutput;

class CanonicalNumberTest {

    /** Every number of RFC 8785, appendix B, given as the bits of its double. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void the_shortest_form_of_a_double_is_written_as_rfc_8785_says(String bits, String expected) {
        String shortest = shortest(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)));

        assertThat(canonical(shortest)).isEqualTo(expected);
        assertThat(canonical(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-0, 0",
        "-0.00e7, 0",
        "100, 100",
        "1e2, 100",
        "1E+2, 100",
        "0.1e3, 100",
        "0.00100, 0.001",
        "10e-1, 1",
        "0.0000001, 1e-7",
        "123e-8, 0.00000123",
        "123456789012345678901, 123456789012345678901",
        "1234567890123456789012, 1.234567890123456789012e+21"
    })
    void each_value_has_one_spelling(String number, String expected) {
        assertThat(canonical(number)).isEqualTo(expected);
    }

    /** The departure from RFC 8785: as doubles the two of each line would be one. */
    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740992",
        "12345678901234567.89, 12345678901234567.88",
        "333333333.33333329, 333333333.3333333",
        "0.1, 0.1000000000000000055511151231257827",
        "1e400, 1e401",
        "-1e-400, 0"
    })
    void values_that_a_double_cannot_tell_apart_stay_two(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
        assertThat(new BigDecimal(canonical(one))).isEqualByComparingTo(new BigDecimal(one));
        assertThat(new BigDecimal(canonical(other))).isEqualByComparingTo(new BigDecimal(other));
    }

    @Test
    void the_longest_exponents_are_refused() {
        assertThat(canonical("1e99999999999999")).isEqualTo("1e+99999999999999");
        assertThatThrownBy(() -> canonical("1e9999999999999999")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void two_numbers_are_equal_if_and_only_if_their_values_are() {
        Random random = new Random(8785);
        Map<String, BigDecimal> seen = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            BigDecimal value = new BigDecimal(new BigInteger(1 + random.nextInt(90), random), random.nextInt(61) - 30);
            value = random.nextBoolean() ? value : value.negate();
            String canonical = canonical(value.toString());

            assertThat(canonical(value.toPlainString())).isEqualTo(canonical);
            assertThat(canonical(
                            value.setScale(value.scale() + random.nextInt(5)).toEngineeringString()))
                    .isEqualTo(canonical);
            assertThat(canonical(canonical)).isEqualTo(canonical);
            assertThat(new BigDecimal(canonical)).isEqualByComparingTo(value);
            BigDecimal before = seen.putIfAbsent(canonical, value);
            assertThat(before == null || before.compareTo(value) == 0).isTrue();
        }
    }

    /** Java writes a double otherwise than ECMAScript, with the same digits. */
    @Test
    void a_double_keeps_its_value() {
        Random random = new Random(754);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(canonical(shortest(value)))).isEqualTo(value);
            }
        }
    }

    /** Java never writes fewer than two digits, ECMAScript does where one is enough: of the smallest double. */
    private static String shortest(double value) {
        String atLeastTwo = NumberOutput.toString(value, true);
        String one = new BigDecimal(atLeastTwo).round(new MathContext(1)).toString();
        return Double.parseDouble(one) == value ? one : atLeastTwo;
    }

    private static String canonical(String number) {
        StringBuilder out = new StringBuilder();
        CanonicalNumber.append(number, out);
        return out.toString();
    }
}
