package dev.nodoubt.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprint.Rule;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {

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
        GateRequest request = GateRequest.of(
                        "another",
                        IdempotencyKey.create(Instant.now()),
                        "POST",
                        "/api/notifications?x=1",
                        Payload.json("{\"to\":\"김\"}"))
                .on(new GateRequest.Terms(null, Instant.now(), Duration.ofSeconds(1), Isolation.SERIALIZABLE));

        assertThat(request.fingerprints().chosen()).isEqualTo(FIRST);
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

    @Test
    void a_body_counts_the_same_in_memory_and_as_a_stream() throws IOException {
        byte[] body = "{\"to\":\"김\"}".getBytes(StandardCharsets.UTF_8);

        Fingerprint streamed = begin(Rule.RAW).body(new ByteArrayInputStream(body), body.length);

        assertThat(streamed).isEqualTo(FIRST);
    }

    @Test
    void a_stream_of_another_size_is_no_body() {
        assertThatThrownBy(() -> begin(Rule.RAW).body(new ByteArrayInputStream(new byte[7]), 8))
                .isInstanceOf(EOFException.class)
                .hasMessage("a body of 8 bytes ended after 7");
        assertThatThrownBy(() -> begin(Rule.RAW).body(new ByteArrayInputStream(new byte[9]), 8))
                .isInstanceOf(IOException.class)
                .hasMessage("a body of 8 bytes goes on after them");
    }

    @Test
    void lines_of_a_header_count_as_one_and_an_absent_one_adds_nothing() {
        byte[] body = "{\"to\":\"김\"}".getBytes(StandardCharsets.UTF_8);

        Fingerprint lines =
                begin(Rule.RAW).header("X-Tenant", List.of("a", " b ")).body(body);

        assertThat(lines)
                .isEqualTo(begin(Rule.RAW).header("x-tenant", List.of("a, b")).body(body))
                .isNotEqualTo(
                        begin(Rule.RAW).header("X-Tenant", List.of("b", "a")).body(body))
                .isNotEqualTo(begin(Rule.RAW).header("X-Other", List.of("a, b")).body(body))
                .isNotEqualTo(FIRST);
        assertThat(begin(Rule.RAW).header("X-Tenant", List.of()).body(body)).isEqualTo(FIRST);
        assertThat(begin(Rule.RAW).header("X-Tenant", List.of("")).body(body)).isNotEqualTo(FIRST);
    }

    @Test
    void frames_cannot_be_shifted_between_headers_coding_and_body() {
        byte[] body = "b".getBytes(StandardCharsets.UTF_8);
        byte[] joined = "bb".getBytes(StandardCharsets.UTF_8);

        assertThat(List.of(
                        begin(Rule.RAW).body(body),
                        begin(Rule.RAW).body(joined),
                        begin(Rule.RAW).coded("b").body(body),
                        begin(Rule.RAW).header("b", List.of("b")).body(body),
                        begin(Rule.RAW).header("b", List.of("b", "b")).body(body),
                        begin(Rule.RAW).header("b", List.of("b")).coded("b").body(body),
                        begin(Rule.RAW)
                                .header("b", List.of("b"))
                                .header("c", List.of("b"))
                                .body(body)))
                .doesNotHaveDuplicates();
    }

    @Test
    void no_rule_gives_the_hash_of_another_rule() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(Arrays.stream(Rule.values())
                        .map(rule ->
                                HexFormat.of().formatHex(begin(rule).body(body).hash())))
                .doesNotHaveDuplicates();
        assertThat(Fingerprint.builder(Rule.RAW, "multipart/parts", "POST", "/x")
                        .body(body)
                        .hash())
                .isNotEqualTo(Fingerprint.builder(Rule.MULTIPART, "POST", "/x", "")
                        .body(body)
                        .hash());
    }

    @Test
    void a_rule_is_found_by_the_number_that_a_row_stores() {
        for (Rule rule : Rule.values()) {
            Fingerprint made = begin(rule).body(new byte[0]);

            assertThat(made.version()).isEqualTo(rule.number());
            assertThat(made.known()).isTrue();
            assertThat(Rule.of(rule.number())).contains(rule);
        }
        assertThat(Rule.of(4)).isEmpty();
        assertThat(Fingerprint.stored(4, FIRST.hash()).known()).isFalse();
    }

    @Test
    void a_body_in_memory_has_its_raw_fingerprint_only() {
        Fingerprints fingerprints = Fingerprints.raw("POST", "/api/notifications?x=1", Payload.json("{\"to\":\"김\"}"));

        assertThat(fingerprints.chosen()).isEqualTo(FIRST);
        assertThat(fingerprints.by(1)).isEqualTo(FIRST);
        assertThat(fingerprints.by(2)).isNull();
        assertThat(fingerprints.by(4)).isNull();
    }

    private static Fingerprint.Builder begin(Rule rule) {
        return Fingerprint.builder(rule, "POST", "/api/notifications?x=1", "application/json");
    }

    private static Fingerprint of(String method, String path, String mediaType, String body) {
        Payload payload = Payload.of(body.getBytes(StandardCharsets.UTF_8), mediaType);
        return Fingerprint.raw(method, path, payload);
    }
}
