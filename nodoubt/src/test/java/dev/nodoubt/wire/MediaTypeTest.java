package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            multipart/form-data; boundary=abc                 | abc
            Multipart/Mixed ;Boundary="abc"                   | abc
            multipart/mixed; charset=utf-8; boundary=a;type=x | a
            multipart/mixed; x="a;boundary=no"; boundary=yes  | yes
            multipart/mixed; boundary="a b:c"                 | a b:c
            multipart/mixed; boundary="a\\'b"                  | a'b
            multipart/mixed; boundary=----=_Part_1/2.3        | ----=_Part_1/2.3
            multipart/mixed; ; boundary=abc;                  | abc
            multipart/mixed; flag; boundary=abc               | abc
            """)
    void the_boundary_is_found(String type, String boundary) {
        assertThat(MediaType.of(type).boundary()).contains(boundary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain; boundary=abc",
                "multipart/mixed",
                "multipart/mixed; boundary",
                "multipart/mixed; boundary=",
                "multipart/mixed; boundary=\"\"",
                "multipart/mixed; boundary=\"abc",
                "multipart/mixed; boundary=\"abc \"",
                "multipart/mixed; boundary=a b",
                "multipart/mixed; boundary=\"a\"b",
                "multipart/mixed; boundary=abc; boundary=abc",
                "multipart/mixed; boundary=a*b",
                "multipart/mixed; \"boundary=abc"
            })
    void a_missing_or_malformed_boundary_is_none(String type) {
        assertThat(MediaType.of(type).boundary()).isEmpty();
    }

    @Test
    void a_boundary_has_at_most_70_characters() {
        assertThat(MediaType.of("multipart/mixed; boundary=" + "x".repeat(70)).boundary())
                .isPresent();
        assertThat(MediaType.of("multipart/mixed; boundary=" + "x".repeat(71)).boundary())
                .isEmpty();
        assertThat(MediaType.of("multipart/mixed; boundary=\"" + "\\x".repeat(30_000) + "\"")
                        .boundary())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; charset=utf-8", "application/problem+json", "a/b+JSON ;x"
            })
    void json_is_known_by_its_type(String type) {
        assertThat(MediaType.of(type).isJson()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/json", "application/jsonp", "application/json-seq", "application/xml; a=+json"})
    void other_types_are_not_json(String type) {
        assertThat(MediaType.of(type).isJson()).isFalse();
    }
}
