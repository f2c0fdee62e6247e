package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @Test
    void the_example_of_rfc_8785_section_3_2_2_comes_out_as_there() {
        String text = """
                {
                  "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";

        assertThat(canonical(text))
                .contains("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** Section 3.2.3: by UTF-16 code units, so that the emoji comes before the Hebrew letter. */
    @Test
    void the_example_of_rfc_8785_section_3_2_3_is_sorted_as_there() {
        String text = """
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }""";

        assertThat(canonical(text))
                .contains("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                 | {}
            [ ]                                | []
            7                                  | 7
            ` "x" `                            | "x"
            null                               | null
            {"b":{"d":1,"c":[{"f":1,"e":2}]},"a":0} | {"a":0,"b":{"c":[{"e":2,"f":1}],"d":1}}
            {"aa":1,"a":2,"":3}                | {"":3,"a":2,"aa":1}
            [[1,2],[ 2 , 1 ]]                  | [[1,2],[2,1]]
            "\\u00e9"                          | "\u00e9"
            "\\b\\t\\n\\f\\r\\u0000\\u001f\\u007f" | "\\b\\t\\n\\f\\r\\u0000\\u001f\u007f"
            """)
    void each_value_has_one_text(String text, String canonical) {
        assertThat(canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "1 2",
                "{\"a\":1,}",
                "[1,]",
                "{a:1}",
                "'a'",
                "01",
                "+1",
                ".5",
                "1.",
                "NaN",
                "Infinity",
                "nul",
                "\"a\nb\"",
                "\"\\x\"",
                "// comment\n1",
                "\ufeff1",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":{\"c\":1,\"c\":2}}",
                "{\"a\":1,\"\\u0061\":2}",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "{\"\\ud800\":1}",
                "1e1234567890123456"
            })
    void what_is_no_i_json_has_no_canonical_form(String text) {
        assertThat(canonical(text)).isEmpty();
    }

    @Test
    void only_utf_8_has_a_canonical_form() {
        assertThat(CanonicalJson.of("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)))
                .isEmpty();
        assertThat(CanonicalJson.of("{\"a\":1}".getBytes(StandardCharsets.UTF_16)))
                .isEmpty();
        assertThat(CanonicalJson.of("\"é\"".getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
        // A surrogate pair, each half encoded by itself.
        assertThat(CanonicalJson.of(new byte[] {
                    '"', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, (byte) 0xed, (byte) 0xb8, (byte) 0x80, '"'
                }))
                .isEmpty();
    }

    @Test
    void nesting_and_size_have_their_limits() {
        assertThat(canonical("[".repeat(CanonicalJson.DEEPEST) + "]".repeat(CanonicalJson.DEEPEST)))
                .isPresent();
        assertThat(canonical("[".repeat(CanonicalJson.DEEPEST + 1) + "]".repeat(CanonicalJson.DEEPEST + 1)))
                .isEmpty();
        assertThat(canonical("1" + " ".repeat(CanonicalJson.LARGEST - 1))).contains("1");
        assertThat(canonical("1" + " ".repeat(CanonicalJson.LARGEST))).isEmpty();
    }

    @Test
    void a_large_text_that_is_sorted_the_other_way_round_at_each_level_is_still_one() {
        int each = 40;
        StringBuilder text = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        String last = "x".repeat(CanonicalJson.LARGEST / each / 2);
        for (int i = 0; i < each; i++) {
            text.append("{\"b\":\"").append(last).append("\",\"a\":");
            expected.append("{\"a\":");
        }
        text.append('1').append("}".repeat(each));
        expected.append('1').append((",\"b\":\"" + last + "\"}").repeat(each));

        assertThat(canonical(text.toString())).contains(expected.toString());
    }

    private static Optional<String> canonical(String text) {
        return CanonicalJson.of(text.getBytes(StandardCharsets.UTF_8))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
