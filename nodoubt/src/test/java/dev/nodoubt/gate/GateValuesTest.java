package dev.nodoubt.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateSettings.ForeignKeys;
import dev.nodoubt.gate.GateSettings.Keys;
import dev.nodoubt.gate.GateSettings.Limits;
import dev.nodoubt.gate.GateSettings.Quota;
import dev.nodoubt.gate.GateSettings.Replies;
import dev.nodoubt.gate.GateSettings.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

class GateValuesTest {

    private static final IdempotencyKey KEY = IdempotencyKey.create(Instant.EPOCH);

    @Test
    void settings_out_of_range_are_refused_by_name_rule_and_value() {
        Duration second = Duration.ofSeconds(1);
        Duration day = Duration.ofDays(1);
        refused("keys.window", "PT59S", () -> new Keys(Duration.ofSeconds(59), second, true, ForeignKeys.REJECT));
        refused("keys.skew", "PT24H1S", () -> new Keys(day, day.plus(second), true, ForeignKeys.REJECT));
        refused("limits.lockWait", "PT0S", () -> new Limits(Duration.ZERO, second, second, 1));
        refused("limits.lockWait", "PT2.001S", () -> new Limits(Duration.ofMillis(2001), second, second, 1));
        refused("limits.transaction", "PT0.999S", () -> new Limits(second, Duration.ofMillis(999), second, 1));
        refused("limits.patience", "PT1M1S", () -> new Limits(second, second, Duration.ofSeconds(61), 1));
        refused("limits.body", "0", () -> new Limits(second, second, second, 0));
        refused("replies.body", "-1", () -> new Replies(-1, Set.of()));
        refused("replies.headers", "set-cookie", () -> new Replies(1, Set.of("Set-Cookie")));
        refused("retention.rows", "PT1S", () -> new Retention(second, second, second, 1));
        refused("retention.bodies", "PT24H1S", () -> new Retention(day, day.plus(second), second, 1));
        refused("retention.interval", "PT0S", () -> new Retention(day, day, Duration.ZERO, 1));
        refused("retention.batch", "0", () -> new Retention(day, day, second, 0));
        refused("quota.rows", "0", () -> new Quota(0, 1));
        refused("quota.tombstones", "0", () -> new Quota(1, 0));
    }

    @Test
    void rows_are_kept_longer_than_keys_are_taken() {
        Keys keys = Keys.DEFAULT;
        Duration least = keys.window().plus(keys.skew());

        refused("retention.rows", "P", () -> GateSettings.DEFAULT.with(kept(least)));
        assertThat(GateSettings.DEFAULT.with(kept(least.plusMillis(1))).keys()).isEqualTo(keys);
    }

    private static Retention kept(Duration rows) {
        return new Retention(rows, Duration.ofDays(1), Duration.ofMinutes(1), 100);
    }

    private static void refused(String name, String value, ThrowableAssert.ThrowingCallable settings) {
        assertThatThrownBy(settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gate: " + name + " must ")
                .hasMessageContaining(value);
    }

    @Test
    void a_scope_has_1_to_128_characters_without_control_characters() {
        assertThat(new GateKey("x".repeat(128), KEY).scope()).hasSize(128);
        for (String bad : new String[] {"", "x".repeat(129), "a\nb", "a\0b"}) {
            assertThatThrownBy(() -> GateRequest.of(bad, KEY, "POST", "/x", Payload.EMPTY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("gate: scope must have");
        }
    }

    @Test
    void an_operation_is_named_without_its_query_and_a_request_without_its_content() {
        GateRequest request = GateRequest.of("shop", KEY, "POST", "/x?token=secret", Payload.json("{\"pin\":1234}"));

        assertThat(request.operation()).isEqualTo("POST /x");
        assertThat(request.toString())
                .contains("POST /x", "shop", KEY.digest())
                .doesNotContain("secret", "1234", KEY.value());
        assertThat(GateRequest.of("shop", KEY, "POST", "/" + "x".repeat(500), Payload.EMPTY)
                        .operation())
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

        assertThat(Horizon.covers(horizon, null)).isFalse();
        assertThat(Horizon.covers(horizon, horizon)).isTrue();
        assertThat(Horizon.covers(horizon, horizon.minusMillis(1))).isTrue();
        assertThat(Horizon.covers(horizon, horizon.plusMillis(1))).isFalse();
    }
}
