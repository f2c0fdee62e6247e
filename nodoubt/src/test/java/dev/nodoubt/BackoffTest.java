package dev.nodoubt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final List<IdempotencyKey> KEYS = IntStream.range(0, 2_000)
            .mapToObj(i -> IdempotencyKey.create(Instant.EPOCH))
            .toList();

    @ParameterizedTest(name = "after attempt {0}: {1} s")
    @CsvSource({"0, 2", "1, 2", "2, 4", "3, 8", "4, 16", "5, 16", "6, 16", "40, 16", "2147483647, 16"})
    void waits_double_up_to_the_cap_and_spread_by_a_tenth(int attempts, double seconds) {
        List<Double> waits = KEYS.stream()
                .map(key -> Backoff.DEFAULT.after(key, attempts).toNanos() / 1e9)
                .toList();

        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(seconds * 0.9, seconds * 1.1));
        double mean = waits.stream().mapToDouble(w -> w).average().orElseThrow();
        assertThat(mean).isCloseTo(seconds, within(seconds * 0.02));
        assertThat(waits.stream().mapToDouble(w -> w).min().orElseThrow()).isLessThan(seconds * 0.92);
        assertThat(waits.stream().mapToDouble(w -> w).max().orElseThrow()).isGreaterThan(seconds * 1.08);
    }

    @Test
    void the_wait_depends_on_key_and_attempt_only() {
        IdempotencyKey key = KEYS.get(0);
        IdempotencyKey same = IdempotencyKey.of(key.value());

        assertThat(Backoff.DEFAULT.after(same, 5)).isEqualTo(Backoff.DEFAULT.after(key, 5));
        assertThat(Backoff.DEFAULT.after(key, 6)).isNotEqualTo(Backoff.DEFAULT.after(key, 5));
        assertThat(Backoff.DEFAULT.after(KEYS.get(1), 5)).isNotEqualTo(Backoff.DEFAULT.after(key, 5));
    }

    @Test
    void without_jitter_the_wait_is_exact() {
        Backoff exact = new Backoff(Duration.ofMillis(100), Duration.ofHours(1), 0);

        assertThat(exact.after(KEYS.get(0), 3)).hasMillis(400);
        assertThat(exact.after(KEYS.get(0), 1_000)).hasHours(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT0S   | PT16S     | 0.1  | backoff: first must be > 0, was PT0S",
                "PT-2S  | PT16S     | 0.1  | backoff: first must be > 0, was PT-2S",
                "PT2S   | PT1S      | 0.1  | backoff: cap must be at least first (PT2S) and at most PT1H, was PT1S",
                "PT2S   | PT1H0.001S| 0.1  | backoff: cap must be at least first (PT2S) and at most PT1H, was PT1H0.001S",
                "PT2S   | PT16S     | -0.1 | backoff: jitter must be 0 to 0.5, was -0.1",
                "PT2S   | PT16S     | 0.51 | backoff: jitter must be 0 to 0.5, was 0.51",
                "PT2S   | PT16S     | NaN  | backoff: jitter must be 0 to 0.5, was NaN"
            })
    void a_bad_setting_is_named(Duration first, Duration cap, double jitter, String message) {
        assertThatThrownBy(() -> new Backoff(first, cap, jitter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
