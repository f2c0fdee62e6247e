package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTest {

    @Test
    void the_bytes_cannot_be_changed_from_outside() {
        byte[] given = {1, 2, 3};
        Payload payload = Payload.of(given, "application/octet-stream");

        given[0] = 9;
        payload.bytes()[1] = 9;

        assertThat(payload.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void json_is_utf_8() {
        Payload payload = Payload.json("{\"memo\":\"월세\"}");

        assertThat(payload.bytes()).isEqualTo("{\"memo\":\"월세\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(payload.text()).contains("월세");
        assertThat(payload.mediaType()).isEqualTo("application/json");
        assertThat(payload.size()).isEqualTo(17);
    }

    @Test
    void payloads_are_equal_when_bytes_and_media_type_are() {
        Payload payload = Payload.of(new byte[] {1}, "text/plain");

        assertThat(payload).isEqualTo(Payload.of(new byte[] {1}, "text/plain"));
        assertThat(payload).hasSameHashCodeAs(Payload.of(new byte[] {1}, "text/plain"));
        assertThat(payload).isNotEqualTo(Payload.of(new byte[] {2}, "text/plain"));
        assertThat(payload).isNotEqualTo(Payload.of(new byte[] {1}, "text/html"));
        assertThat(Payload.of(new byte[0], "")).isSameAs(Payload.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"'text/plain\r\nX-Admin: 1', U+000D at 10", "텍스트, U+D14D at 0", "text/\u007f, U+007F at 5"})
    void a_media_type_that_could_break_a_header_is_refused(String mediaType, String where) {
        assertThatThrownBy(() -> Payload.of(new byte[0], mediaType))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: mediaType must be visible ASCII, has " + where);
    }

    @Test
    void text_tells_the_size_and_never_the_content() {
        assertThat(Payload.json("{\"card\":\"4111\"}")).hasToString("15 bytes of application/json");
        assertThat(Payload.EMPTY).hasToString("0 bytes");
    }
}
