package dev.nodoubt.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may write into calls, targets and settings, and what they are told when it is wrong. */
class CallValuesTest {

    private static final Request REQUEST = new Request("mail", "POST", "/api/x", Payload.json("{\"card\":\"4111\"}"));

    @ParameterizedTest
    @CsvSource({
        "mail, POST, /api/notifications",
        "m, PUT, /",
        "a.b-c9, PATCH, /x?y=1&z=%20",
        "9mail, DELETE, /a/../b",
    })
    void a_request_is_taken_as_it_is_written(String target, String method, String path) {
        assertThat(new Request(target, method, path, Payload.EMPTY).operation()).isEqualTo(method + " " + path);
    }

    @ParameterizedTest
    @CsvSource({
        "'', POST, /x, target must be",
        "Mail, POST, /x, target must be",
        "http://evil, POST, /x, target must be",
        "-mail, POST, /x, target must be",
        "mail, GET, /x, method must be",
        "mail, post, /x, method must be",
        "mail, POST, '', path must be",
        "mail, POST, x, path must be",
        "mail, POST, //evil/x, path must be",
        "mail, POST, /a b, path must be",
        "mail, POST, /a#b, path must be",
        "mail, POST, '/a\\b', path must be",
        "mail, POST, /주문, path must be",
        "mail, POST, '/a\r\nHost: evil', path must be",
    })
    void a_request_that_could_go_elsewhere_is_refused(String target, String method, String path, String message) {
        assertThatThrownBy(() -> new Request(target, method, path, Payload.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("request: " + message)
                .hasMessageContaining(", was \"");
    }

    @Test
    void sizes_at_the_bounds_are_told_apart() {
        assertThat(new Request("m".repeat(64), "POST", "/" + "x".repeat(1999), Payload.EMPTY))
                .isNotNull();
        assertThatThrownBy(() -> new Request("m".repeat(65), "POST", "/", Payload.EMPTY))
                .hasMessageContaining("1 to 64 characters");
        assertThatThrownBy(() -> new Request("m", "POST", "/" + "x".repeat(2000), Payload.EMPTY))
                .hasMessageContaining("at most 2000 characters")
                .hasMessageMatching("(?s).{0,250}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT24H", "P13D"})
    void a_deadline_of_up_to_thirteen_days_is_taken(Duration deadline) {
        assertThat(Call.post("mail", "/", Payload.EMPTY)
                        .withDeadline(deadline)
                        .timing()
                        .deadline())
                .isEqualTo(deadline);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P13DT0.001S"})
    void another_deadline_is_refused(Duration deadline) {
        assertThatThrownBy(() -> Call.post("mail", "/", Payload.EMPTY).withDeadline(deadline))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("call: deadline must be > 0 and at most PT312H, was " + deadline);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-4711-payment", "0192f0c1-7a3e-4b11-8c55-0123456789ab"})
    void a_call_needs_a_key_that_tells_its_time(String key) {
        assertThatThrownBy(() -> new Call(IdempotencyKey.of(key), REQUEST, Call.Timing.DEFAULT, Call.Labels.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("call: key must be a version 7 UUID, which ")
                .hasMessageNotContaining(key);
    }

    @Test
    void text_shows_neither_payload_nor_key() {
        Call call = new Call(IdempotencyKey.create(Instant.EPOCH), REQUEST, Call.Timing.DEFAULT, Call.Labels.NONE);
        Attempt attempt = new Attempt(Step.EXECUTE, call.key(), REQUEST, 2, Duration.ZERO);
        OpenCall open = new OpenCall(
                call.key(),
                REQUEST,
                new Terms(Call.Labels.NONE, null, false),
                Progress.born(Instant.EPOCH, Instant.EPOCH),
                null);

        assertThat(call).hasToString("call " + call.key().digest() + " to mail (POST /api/x)");
        assertThat(attempt).hasToString("EXECUTE 2 of " + call.key().digest() + " to mail");
        assertThat(call + " " + attempt + " " + open + " " + REQUEST)
                .doesNotContain("4111")
                .doesNotContain(call.key().value());
    }

    @Test
    void only_steps_that_cross_the_network_are_attempts() {
        IdempotencyKey key = IdempotencyKey.create(Instant.EPOCH);

        assertThatThrownBy(() -> new Attempt(Step.SETTLE_NEVER, key, REQUEST, 1, Duration.ZERO))
                .hasMessage("attempt: step must cross the network, was SETTLE_NEVER");
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void a_state_is_found_by_its_word_and_only_open_ones_make_progress(CallState state) {
        assertThat(CallState.ofWord(state.word())).isEqualTo(state);
        if (state.isFinal()) {
            assertThatThrownBy(() -> new Progress(state, 0, Instant.EPOCH, Instant.EPOCH, null, "", null))
                    .hasMessageContaining("must be open");
        }
    }

    @Test
    void words_of_states_are_those_of_rows_and_json() {
        assertThat(CallState.values())
                .extracting(CallState::word)
                .containsExactly("waiting", "in-doubt", "unresolved", "handling", "executed", "rejected", "never");
        assertThatThrownBy(() -> CallState.ofWord("lost")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20, PT30S, 3, 'bulkhead: permits must be 1 to 10000, was 0'",
        "10001, 20, PT30S, 3, 'bulkhead: permits must be 1 to 10000, was 10001'",
        "16, 1, PT30S, 1, 'breaker: window must be 2 to 10000, was 1'",
        "16, 20, PT0S, 3, 'breaker: open must be > 0, was PT0S'",
        "16, 20, PT30S, 0, 'breaker: probes must be 1 to window (20), was 0'",
        "16, 20, PT30S, 21, 'breaker: probes must be 1 to window (20), was 21'",
    })
    void a_bad_target_is_named(int permits, int window, Duration open, int probes, String message) {
        assertThatThrownBy(() -> Target.of("mail")
                        .withBulkhead(new Target.Bulkhead(permits, null))
                        .withBreaker(new Target.Breaker(window, open, probes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "' ', PT15S, PT1S, 1, 1, 'relay: node must be named, was  '",
        "n, PT3S, PT1S, 1, 1, 'relay: lease must be more than three scans (PT1S), was PT3S'",
        "n, PT15S, PT0S, 1, 1, 'relay: scan must be > 0, was PT0S'",
        "n, PT15S, PT1S, 0, 1, 'relay: inMemory must be >= 1, was 0'",
        "n, PT15S, PT1S, 1, 0, 'relay: batch must be 1 to 10000, was 0'",
        "n, PT15S, PT1S, 1, 10001, 'relay: batch must be 1 to 10000, was 10001'",
    })
    void a_bad_relay_setting_is_named(
            String node, Duration lease, Duration scan, int inMemory, int batch, String message) {
        assertThatThrownBy(() -> new Relay.Settings(node, lease, scan, inMemory, batch, CallStore.Retention.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
