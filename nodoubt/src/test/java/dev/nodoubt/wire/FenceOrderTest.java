package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceOrderTest {

    @Test
    void no_body_and_an_empty_object_mean_half_a_second_and_no_reason() {
        assertThat(of("")).isEqualTo(new FenceOrder("", Duration.ofMillis(500)));
        assertThat(of("{}")).isEqualTo(new FenceOrder("", Duration.ofMillis(500)));
    }

    @Test
    void both_members_are_read_and_others_skipped() {
        assertThat(of("{\"x\":{\"wait\":9},\"wait\":2000,\"reason\":\"기한 초과\",\"y\":[1]}"))
                .isEqualTo(new FenceOrder("기한 초과", Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "null",
                "{",
                "{\"wait\":500}}",
                "{\"wait\":2001}",
                "{\"wait\":-1}",
                "{\"wait\":0.5}",
                "{\"wait\":\"500\"}",
                "{\"wait\":99999999999999999999}",
                "{\"reason\":7}",
                "{\"reason\":null}",
                "{\"reason\":\"a\\u0000b\"}",
                "{\"reason\":\"\\ud800\"}"
            })
    void anything_else_is_refused_in_one_line(String body) {
        assertThatThrownBy(() -> of(body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_long_reason_and_a_long_body_are_refused() {
        assertThat(of("{\"reason\":\"" + "x".repeat(200) + "\"}").reason()).hasSize(200);
        assertThatThrownBy(() -> of("{\"reason\":\"" + "x".repeat(201) + "\"}")).hasMessageContaining("200");
        assertThatThrownBy(() -> of(" ".repeat(4097))).hasMessageContaining("4097");
    }

    private static FenceOrder of(String body) {
        return FenceOrder.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
