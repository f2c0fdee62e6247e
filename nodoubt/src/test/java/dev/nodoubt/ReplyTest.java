package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 600, 1000})
    void a_status_outside_http_is_refused(int status) {
        assertThatThrownBy(() -> Reply.of(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reply: status must be 100 to 599, was " + status);
    }

    @Test
    void header_names_compare_without_case_and_the_headers_cannot_be_changed() {
        Map<String, String> given = new HashMap<>(Map.of("Location", "/n/1"));
        Reply reply = new Reply(201, given, Payload.EMPTY);

        given.put("X-Late", "1");

        assertThat(reply.headers()).containsOnlyKeys("Location");
        assertThat(reply.headers().get("location")).isEqualTo("/n/1");
        assertThatThrownBy(() -> reply.headers().put("X", "1")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(reply).isEqualTo(new Reply(201, Map.of("location", "/n/1"), Payload.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({"'', x", "A:B, x", "'A\nB', x", "A, 'x\r\nSet-Cookie: 1'", "A, '\u0000'"})
    void a_header_that_could_break_a_response_is_refused(String name, String value) {
        assertThatThrownBy(() -> new Reply(200, Map.of(name, value), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must have a name and no control characters")
                .hasMessageNotContaining("Set-Cookie");
    }

    @Test
    void text_tells_status_and_size_and_never_headers_or_body() {
        Reply reply = new Reply(200, Map.of("ETag", "secret"), Payload.json("{\"card\":\"4111\"}"));

        assertThat(reply).hasToString("reply 200, 15 bytes of application/json");
        assertThat(new Reply(200, Map.of(), null)).hasToString("reply 200, body not kept");
        assertThat(new Outcome.Executed(reply).toString()).doesNotContain("4111", "secret");
    }
}
