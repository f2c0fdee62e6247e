package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    private static final String UPPER = "0192F0C1-7A3E-7B11-8C55-0123456789AB";

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-11-23T12:00:00.123Z", "9999-12-31T23:59:59.999Z"})
    void a_new_key_is_a_version_7_uuid_that_carries_its_millisecond(Instant now) {
        IdempotencyKey key = IdempotencyKey.create(now.plusNanos(999_999));

        UUID uuid = key.uuid().orElseThrow();
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(key.time()).contains(now);
        assertThat(key.value()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void the_layout_is_that_of_rfc_9562() {
        IdempotencyKey key = IdempotencyKey.of("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");

        assertThat(key.time()).contains(Instant.parse("2022-02-22T19:22:22Z"));
    }

    @Test
    void keys_of_one_millisecond_differ() {
        Set<IdempotencyKey> keys = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add(IdempotencyKey.create(Instant.EPOCH));
        }

        assertThat(keys).hasSize(10_000);
    }

    @Test
    void uuids_compare_in_lower_case_and_all_else_byte_by_byte() {
        assertThat(IdempotencyKey.of(UPPER)).isEqualTo(IdempotencyKey.of(UUID.fromString(UPPER)));
        assertThat(IdempotencyKey.of(UPPER)).hasSameHashCodeAs(IdempotencyKey.of(UUID.fromString(UPPER)));
        assertThat(IdempotencyKey.of("Order-4711-Payment")).isNotEqualTo(IdempotencyKey.of("order-4711-payment"));
        assertThat(IdempotencyKey.of(UPPER)).isNotEqualTo(UPPER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-4711-payment",
                "0192f0c1-7a3e-4b11-8c55-0123456789ab",
                "0192f0c1-7a3e-7b11-0c55-0123456789ab"
            })
    void only_version_7_uuids_have_a_time(String value) {
        assertThat(IdempotencyKey.of(value).time()).isEmpty();
    }

    @Test
    void foreign_keys_of_16_to_255_visible_characters_are_taken() {
        assertThat(IdempotencyKey.of("!".repeat(16)).value()).hasSize(16);
        assertThat(IdempotencyKey.of("~".repeat(255)).value()).hasSize(255);
        assertThat(IdempotencyKey.of("order-4711-payment").uuid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', has 0 characters",
        "123456789012345, has 15 characters",
        "'1234567890 123456', 'has 17 characters, some of them not visible ASCII'",
        "주문번호-4711-결제요청-확인-번호, 'has 20 characters, some of them not visible ASCII'",
        "'1234567890123456\n', 'has 17 characters, some of them not visible ASCII'"
    })
    void other_keys_are_refused_without_being_repeated(String value, String message) {
        assertThatThrownBy(() -> IdempotencyKey.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("idempotency key must be 16 to 255 visible ASCII characters, " + message);
    }

    @Test
    void a_key_of_256_characters_is_refused() {
        assertThatThrownBy(() -> IdempotencyKey.of("k".repeat(256))).hasMessageEndingWith("has 256 characters");
    }

    @Test
    void text_shows_the_digest_and_never_the_key() {
        IdempotencyKey key = IdempotencyKey.of("order-4711-payment");

        assertThat(key).hasToString("b98c7df7").hasToString(key.digest());
        assertThat(key.toString()).doesNotContain("4711");
    }
}
