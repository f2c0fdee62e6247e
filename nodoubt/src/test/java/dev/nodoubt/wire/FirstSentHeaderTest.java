package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.wire.FirstSentHeader.Malformed;
import dev.nodoubt.wire.FirstSentHeader.Missing;
import dev.nodoubt.wire.FirstSentHeader.Present;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirstSentHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "@1659578233, 2022-08-04T01:57:13Z",
        "' @1659578233\t', 2022-08-04T01:57:13Z",
        "@0, 1970-01-01T00:00:00Z",
        "@-62135596800, 0001-01-01T00:00:00Z",
        "@253402300799, 9999-12-31T23:59:59Z",
        "@00000000000007, 1970-01-01T00:00:07Z"
    })
    void a_date_is_read(String value, Instant time) {
        assertThat(of(value)).isEqualTo(new Present(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "1659578233",
                "@1659578233.5",
                "@+1659578233",
                "@ 1659578233",
                "@1659578233;a=1",
                "@1659578233, @1659578233",
                "\"@1659578233\"",
                "@1000000000000000",
                "@١",
                "@1659578233\u00a0",
                "2022-08-04T01:57:13Z"
            })
    void anything_else_is_refused_in_one_line_without_the_value(String value) {
        assertThat(of(value))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.rule())
                                .startsWith("Nodoubt-First-Sent must be a date")
                                .doesNotContain("1659578233", "\n"));
    }

    @Test
    void it_comes_once_or_not_at_all() {
        assertThat(FirstSentHeader.of(Headers.NONE)).isEqualTo(new Missing());
        assertThat(FirstSentHeader.of(
                        Headers.NONE.and("nodoubt-first-sent", "@1").and("Nodoubt-First-Sent", "@1")))
                .isEqualTo(new Malformed("Nodoubt-First-Sent must come once, came 2 times"));
    }

    private static FirstSentHeader of(String value) {
        return FirstSentHeader.of(Headers.NONE.and(Headers.FIRST_SENT, value));
    }
}
