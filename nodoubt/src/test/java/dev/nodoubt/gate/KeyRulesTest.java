package dev.nodoubt.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.GateSettings.ForeignKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");
    private static final Duration A = Duration.ofDays(14);
    private static final Duration S = Duration.ofMinutes(5);

    private final KeyRules rules = rules(ForeignKeys.REJECT);

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
            assertThat(rules.judge(IdempotencyKey.of(foreign), null, NOW))
                    .isInstanceOfSatisfying(
                            KeyVerdict.Unacceptable.class,
                            refused -> assertThat(refused.rule())
                                    .contains("version 7 UUID")
                                    .doesNotContain(foreign));
        }
    }

    @Test
    void a_foreign_key_is_as_old_as_its_first_sending_says() {
        IdempotencyKey foreign = IdempotencyKey.of("order-2026-11-23-000017");

        assertThat(rules.judge(foreign, NOW.minus(A), NOW)).isEqualTo(new KeyVerdict.Acceptable(NOW.minus(A)));
        assertThat(rules.judge(foreign, NOW.minus(A).minusMillis(1), NOW)).isInstanceOf(KeyVerdict.TooOld.class);
        assertThat(rules.judge(foreign, NOW.plus(S).plusMillis(1), NOW)).isInstanceOf(KeyVerdict.Unacceptable.class);
    }

    @Test
    void a_first_sending_does_not_change_the_time_that_a_key_carries() {
        IdempotencyKey key = IdempotencyKey.create(NOW);

        assertThat(rules.judge(key, NOW.minus(A), NOW)).isEqualTo(new KeyVerdict.Acceptable(NOW));
    }

    @Test
    void a_foreign_key_without_a_time_is_taken_where_the_receiver_says_so() {
        IdempotencyKey foreign = IdempotencyKey.of("order-2026-11-23-000017");

        assertThat(rules(ForeignKeys.ACCEPT_UNBOUNDED).judge(foreign, null, NOW))
                .isEqualTo(new KeyVerdict.Acceptable(null));
    }

    private KeyVerdict judge(Instant time) {
        return rules.judge(IdempotencyKey.create(time), null, NOW);
    }

    private static KeyRules rules(ForeignKeys foreign) {
        return new KeyRules(new GateSettings.Keys(A, S, true, foreign));
    }
}
