package dev.nodoubt.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GateValuesTest {

    private static final IdempotencyKey KEY = IdempotencyKey.create(Instant.EPOCH);

    @Test
    void settings_out_of_range_are_refused_by_name_rule_and_value() {
        refused("window", "PT59S", () -> settings(Duration.ofSeconds(59), Duration.ofMillis(1), 1, 0));
        refused("lockWait", "PT0S", () -> settings(Duration.ofDays(1), Duration.ZERO, 1, 0));
        refused("lockWait", "PT2.001S", () -> settings(Duration.ofDays(1), Duration.ofMillis(2001), 1, 0));
        refused("bodyLimit", "0", () -> settings(Duration.ofDays(1), Duration.ofMillis(1), 0, 0));
        refused("replyLimit", "-1", () -> settings(Duration.ofDays(1), Duration.ofMillis(1), 1, -1));
    }

    private static void settings(Duration window, Duration lockWait, int bodyLimit, int replyLimit) {
        assertThat(new GateSettings(
                        window, Duration.ZERO, lockWait, Duration.ofSeconds(1), bodyLimit, replyLimit, false))
                .isNotNull();
    }

    private static void refused(String name, String value, Runnable settings) {
        assertThatThrownBy(settings::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gate: " + name + " must be ")
                .hasMessageContaining(value);
    }

    @Test
    void a_scope_has_1_to_128_characters_without_control_characters() {
        assertThat(new GateKey("x".repeat(128), KEY).scope()).hasSize(128);
        for (String bad : new String[] {"", "x".repeat(129), "a\nb", "a\0b"}) {
            assertThatThrownBy(() -> new GateRequest(bad, KEY, "POST", "/x", Payload.EMPTY, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("gate: scope must have");
        }
    }

    @Test
    void an_operation_is_named_without_its_query_and_a_request_without_its_content() {
        GateRequest request =
                new GateRequest("shop", KEY, "POST", "/x?token=secret", Payload.json("{\"pin\":1234}"), null);

        assertThat(request.operation()).isEqualTo("POST /x");
        assertThat(request.toString())
                .contains("POST /x", "shop", KEY.digest())
                .doesNotContain("secret", "1234", KEY.value());
        assertThat(new GateRequest("shop", KEY, "POST", "/" + "x".repeat(500), Payload.EMPTY, null).operation())
                .hasSize(200);
    }

    @Test
    void a_rejection_has_a_status_from_400_to_499() {
        assertThat(new RejectedException(Reply.of(409)).reply()).isEqualTo(Reply.of(409));
        for (int status : new int[] {200, 399, 500}) {
            assertThatThrownBy(() -> new RejectedException(Reply.of(status)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rejection: status must be 400 to 499, was " + status);
        }
    }

    @Test
    void a_horizon_covers_its_own_time_and_every_earlier_one() {
        Instant horizon = Instant.parse("2026-11-01T00:00:00Z");

        assertThat(Horizon.covers(null, horizon)).isFalse();
        assertThat(Horizon.covers(horizon, horizon)).isTrue();
        assertThat(Horizon.covers(horizon, horizon.minusMillis(1))).isTrue();
        assertThat(Horizon.covers(horizon, horizon.plusMillis(1))).isFalse();
    }
}
