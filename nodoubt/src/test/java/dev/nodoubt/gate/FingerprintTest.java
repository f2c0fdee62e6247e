package dev.nodoubt.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {

    private static final IdempotencyKey KEY = IdempotencyKey.create(Instant.EPOCH);
    private static final Fingerprint FIRST = of("POST", "/api/notifications?x=1", "application/json", "{\"to\":\"김\"}");

    @Test
    void version_1_is_the_one_that_other_languages_compute() {
        assertThat(HexFormat.of().formatHex(FIRST.hash()))
                .isEqualTo("178f63b055c5d103a278e1bbec8063b6c0d4c6c4d368900ea5d4beb000a2f799");
        assertThat(FIRST.version()).isEqualTo(1);
    }

    @Test
    void parameters_and_case_of_the_media_type_do_not_count() {
        assertThat(of("POST", "/api/notifications?x=1", "Application/JSON ; charset=utf-8", "{\"to\":\"김\"}"))
                .isEqualTo(FIRST);
    }

    @Test
    void key_scope_and_deadline_do_not_count() {
        GateRequest request = new GateRequest(
                "another",
                IdempotencyKey.create(Instant.now()),
                "POST",
                "/api/notifications?x=1",
                Payload.json("{\"to\":\"김\"}"),
                Instant.now());

        assertThat(Fingerprint.of(request)).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @MethodSource
    void everything_else_counts(Fingerprint other) {
        assertThat(other).isNotEqualTo(FIRST);
    }

    static Stream<Fingerprint> everything_else_counts() {
        return Stream.of(
                of("PUT", "/api/notifications?x=1", "application/json", "{\"to\":\"김\"}"),
                of("POST", "/api/notifications?x=2", "application/json", "{\"to\":\"김\"}"),
                of("POST", "/api/notifications", "application/json", "{\"to\":\"김\"}"),
                of("POST", "/api/notifications?x=1", "text/plain", "{\"to\":\"김\"}"),
                of("POST", "/api/notifications?x=1", "application/json", "{\"to\": \"김\"}"),
                of("POST", "/api/notifications?x=1", "application/json", ""),
                // The same bytes in a row, cut elsewhere.
                of("POST", "/api/notifications?x=1a", "pplication/json", "{\"to\":\"김\"}"),
                of("POST/", "api/notifications?x=1", "application/json", "{\"to\":\"김\"}"),
                of("POST", "/api/notifications?x=1", "application/json{", "\"to\":\"김\"}"),
                Fingerprint.stored(2, FIRST.hash()));
    }

    @Test
    void a_stored_one_equals_the_one_it_was_made_from() {
        assertThat(Fingerprint.stored(1, FIRST.hash())).isEqualTo(FIRST).hasSameHashCodeAs(FIRST);
        assertThatThrownBy(() -> Fingerprint.stored(1, new byte[31])).hasMessageContaining("31 bytes");
        assertThatThrownBy(() -> Fingerprint.stored(0, new byte[32])).hasMessageContaining("version 0");
    }

    private static Fingerprint of(String method, String path, String mediaType, String body) {
        Payload payload = Payload.of(body.getBytes(StandardCharsets.UTF_8), mediaType);
        return Fingerprint.of(new GateRequest("shop", KEY, method, path, payload, null));
    }
}
