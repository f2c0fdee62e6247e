package dev.nodoubt.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");
    private static final Duration A = Duration.ofDays(14);
    private static final Duration S = Duration.ofMinutes(5);

    private final KeyRules rules = new KeyRules(A, S);

    @Test
    void both_ends_of_the_window_belong_to_it() {
        assertThat(judge(NOW)).isEqualTo(new KeyVerdict.Acceptable(NOW));
        assertThat(judge(NOW.minus(A))).isEqualTo(new KeyVerdict.Acceptable(NOW.minus(A)));
        assertThat(judge(NOW.plus(S))).isEqualTo(new KeyVerdict.Acceptable(NOW.plus(S)));
    }

    @Test
    void a_millisecond_before_it_is_too_old() {
        Instant time = NOW.minus(A).minusMillis(1);

        assertThat(judge(time)).isEqualTo(new KeyVerdict.TooOld(time));
    }

    @Test
    void a_millisecond_after_it_is_refused_and_the_rule_says_by_how_much() {
        assertThat(judge(NOW.plus(S).plusMillis(1))).isInstanceOfSatisfying(KeyVerdict.Unacceptable.class, refused -> {
            assertThat(refused.rule()).contains("PT5M", "PT5M0.001S");
        });
    }

    @Test
    void what_is_no_version_7_uuid_is_refused_without_being_repeated() {
        for (String foreign : new String[] {
            "order-2026-11-23-000017",
            UUID.nameUUIDFromBytes(new byte[] {1}).toString(),
            "0192f0c1-7a3e-4b11-8c55-0123456789ab",
            "0192f0c1-7a3e-7b11-0c55-0123456789ab"
        }) {
            assertThat(rules.judge(IdempotencyKey.of(foreign), NOW))
                    .isInstanceOfSatisfying(
                            KeyVerdict.Unacceptable.class,
                            refused -> assertThat(refused.rule())
                                    .contains("version 7 UUID")
                                    .doesNotContain(foreign));
        }
    }

    private KeyVerdict judge(Instant time) {
        return rules.judge(IdempotencyKey.create(time), NOW);
    }
}
