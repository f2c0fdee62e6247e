package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHeaderTest {

    private static final String UUID = "0192f0c1-7a3e-7b11-8c55-0123456789ab";

    @Test
    void a_quoted_string_is_a_key_in_both_modes() {
        assertThat(strict("\"" + UUID + "\"")).isEqualTo(present(UUID));
        assertThat(lenient("\"" + UUID + "\"")).isEqualTo(present(UUID));
        assertThat(strict(" \t\"" + UUID + "\"\t ")).isEqualTo(present(UUID));
    }

    @Test
    void quotes_and_backslashes_come_escaped_and_others_as_they_are() {
        assertThat(strict("\"a\\\"b\\\\c;d,e='--0123\"")).isEqualTo(present("a\"b\\c;d,e='--0123"));
    }

    @Test
    void a_bare_key_is_taken_in_lenient_mode_only() {
        assertThat(lenient(UUID)).isEqualTo(present(UUID));
        assertThat(strict(UUID))
                .isInstanceOfSatisfying(
                        KeyHeader.Malformed.class, m -> assertThat(m.rule()).contains("quoted string"));
    }

    @Test
    void a_uuid_is_read_without_case() {
        assertThat(strict("\"0192F0C1-7A3E-7B11-8C55-0123456789AB\"")).isEqualTo(present(UUID));
    }

    @Test
    void no_header_is_missing() {
        assertThat(KeyHeader.of(Headers.NONE, true)).isEqualTo(new KeyHeader.Missing());
    }

    @Test
    void the_header_twice_is_malformed_even_with_the_same_value() {
        Headers twice = Headers.of(Map.of("idempotency-key", List.of("\"" + UUID + "\"", "\"" + UUID + "\"")));

        assertThat(KeyHeader.of(twice, true)).isInstanceOf(KeyHeader.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"\"",
                "abc",
                "\"abc\"",
                "\"0192f0c1-7a3e-7b11",
                "\"0192f0c1-7a3e-7b11-8c55-0123456789ab\\\"",
                "\"0192f0c1-7a3e-7b11-8c55-0123456789ab\\",
                "\"0192f0c1-7a3e\\x7b11-8c55\"",
                "\"0192f0c1-7a3e-7b11\", \"8c55-0123456789ab\"",
                "\"0192f0c1-7a3e-7b11-8c55-0123456789ab\";a=1",
                "\"0192f0c1-7a3e-7b11-8c55-0123456789ab\" x",
                "0192f0c1-7a3e-7b11, 8c55-0123456789ab",
                "0192f0c1-7a3e-7b11-8c55-0123456789ab;a=1",
                "0192f0c1-7a3e-7b11 8c55-0123456789ab",
                "0192f0c1-7a3e-7b11-8c55-0123456789ab\"",
                "\"0192f0c1 7a3e 7b11 8c55\"",
                "\"0192f0c1-7a3e-7b11-8c55-\u0001\"",
                "\"0192f0c1-7a3e-7b11-8c55-\u007f\"",
                "\"0192f0c1-7a3e-7b11-8c55-열쇠\"",
                "0192f0c1-7a3e-7b11-8c55-열쇠",
                "'0192f0c1-7a3e'\u0000'7b11-8c55'"
            })
    void anything_else_is_malformed_in_both_modes_and_not_repeated(String value) {
        for (KeyHeader header : List.of(strict(value), lenient(value))) {
            assertThat(header)
                    .isInstanceOfSatisfying(
                            KeyHeader.Malformed.class,
                            malformed -> assertThat(malformed.rule())
                                    .startsWith("Idempotency-Key ")
                                    .doesNotContain("7a3e"));
        }
    }

    @Test
    void a_key_has_16_to_255_characters() {
        assertThat(strict('"' + "x".repeat(255) + '"')).isEqualTo(present("x".repeat(255)));
        assertThat(strict('"' + "x".repeat(256) + '"')).isInstanceOf(KeyHeader.Malformed.class);
        assertThat(lenient("x".repeat(256))).isInstanceOf(KeyHeader.Malformed.class);
        assertThat(lenient("x".repeat(16))).isEqualTo(present("x".repeat(16)));
        assertThat(lenient("x".repeat(15))).isInstanceOf(KeyHeader.Malformed.class);
    }

    private static KeyHeader present(String key) {
        return new KeyHeader.Present(IdempotencyKey.of(key));
    }

    private static KeyHeader strict(String value) {
        return KeyHeader.of(Headers.NONE.and("Idempotency-Key", value), false);
    }

    private static KeyHeader lenient(String value) {
        return KeyHeader.of(Headers.NONE.and("Idempotency-Key", value), true);
    }
}
