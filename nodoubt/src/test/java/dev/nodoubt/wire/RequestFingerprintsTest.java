package dev.nodoubt.wire;

import static dev.nodoubt.wire.Bodies.CANONICAL;
import static dev.nodoubt.wire.Bodies.encoding;
import static dev.nodoubt.wire.Bodies.fingerprints;
import static dev.nodoubt.wire.Bodies.gzip;
import static dev.nodoubt.wire.Bodies.head;
import static dev.nodoubt.wire.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Fingerprints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFingerprintsTest {

    private static final int RAW = 1;
    private static final int JSON = 2;
    private static final String ORDER = "{\"item\":\"책\",\"count\":1}";

    @TempDir
    Path directory;

    @Test
    void by_default_json_counts_by_its_bytes_as_in_plain_java() {
        Fingerprints order = fingerprints("application/json", utf8(ORDER));

        assertThat(order.chosen()).isEqualTo(Fingerprint.raw("POST", "/api/orders?x=1", Payload.json(ORDER)));
        assertThat(order.by(RAW)).isEqualTo(order.chosen());
        assertThat(order.chosen())
                .isNotEqualTo(fingerprints("application/json", utf8("{\"count\":1,\"item\":\"책\"}"))
                        .chosen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"count\":1,\"item\":\"책\"}",
                "{ \"item\" : \"책\",\r\n\t\"count\" : 1 }",
                "{\"item\":\"\\ucc45\",\"count\":1.0}",
                "{\"\\u0069tem\":\"책\",\"count\":10e-1}"
            })
    void the_same_json_written_otherwise_is_the_same_in_canonical_form_only(String other) {
        Fingerprints order = canonical(ORDER);
        Fingerprints again = canonical(other);

        assertThat(order.chosen().version()).isEqualTo(JSON);
        assertThat(again.chosen()).isEqualTo(order.chosen());
        assertThat(again.by(RAW)).isNotEqualTo(order.by(RAW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"item\":\"책\",\"count\":2}",
                "{\"item\":\"책\",\"count\":\"1\"}",
                "{\"item\":\"책\"}",
                "{\"item\":\"책\",\"count\":1,\"gift\":null}",
                "{\"item\":\"책 \",\"count\":1}",
                "[{\"item\":\"책\",\"count\":1}]"
            })
    void other_json_is_another_request(String other) {
        assertThat(canonical(other).chosen()).isNotEqualTo(canonical(ORDER).chosen());
    }

    @ParameterizedTest
    @CsvSource({"9007199254740993, 9007199254740992", "100000000000000.001, 100000000000000.002"})
    void amounts_beyond_a_double_stay_two(String one, String other) {
        assertThat(canonical("{\"amount\":" + one + "}").chosen())
                .isNotEqualTo(canonical("{\"amount\":" + other + "}").chosen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{\"a\":1,\"a\":1}", "", "\"\\ud800\""})
    void what_is_no_i_json_counts_by_its_bytes(String body) {
        Fingerprints request = canonical(body);

        assertThat(request.chosen())
                .isEqualTo(fingerprints("application/json", utf8(body)).chosen());
        assertThat(request.chosen().version()).isEqualTo(RAW);
        assertThat(request.by(JSON)).isNull();
    }

    @Test
    void json_above_the_limit_counts_by_its_bytes() {
        byte[] large = utf8("1" + " ".repeat(CanonicalJson.LARGEST));
        FingerprintSettings settings = new FingerprintSettings(true, Set.of(), 2 * CanonicalJson.LARGEST);

        assertThat(fingerprints(Headers.NONE, "application/json", large, settings)
                        .chosen()
                        .version())
                .isEqualTo(RAW);
    }

    @Test
    void only_json_has_a_canonical_form() {
        assertThat(fingerprints(Headers.NONE, "text/plain", utf8(ORDER), CANONICAL)
                        .by(JSON))
                .isNull();
        assertThat(fingerprints(Headers.NONE, "application/problem+json", utf8(ORDER), CANONICAL)
                        .chosen()
                        .version())
                .isEqualTo(JSON);
    }

    @Test
    void a_stored_rule_is_kept_whatever_the_settings_say_now() {
        assertThat(fingerprints("application/json", utf8(ORDER)).by(JSON))
                .isEqualTo(canonical(ORDER).chosen());
        assertThat(canonical(ORDER).by(RAW))
                .isEqualTo(fingerprints("application/json", utf8(ORDER)).chosen());
        assertThat(canonical(ORDER).by(4)).isNull();
    }

    @Test
    void configured_headers_count_and_others_do_not() {
        FingerprintSettings settings = new FingerprintSettings(false, Set.of("X-Tenant", "X-Branch"), 1 << 20);
        Fingerprint one = with(Headers.NONE.and("x-tenant", "a").and("Date", "today"), settings);

        assertThat(with(Headers.NONE.and("X-TENANT", "a").and("Date", "tomorrow"), settings))
                .isEqualTo(one);
        assertThat(with(Headers.NONE.and("x-tenant", "b"), settings)).isNotEqualTo(one);
        assertThat(with(Headers.NONE.and("x-branch", "a"), settings)).isNotEqualTo(one);
        assertThat(with(Headers.NONE, settings)).isEqualTo(with(Headers.NONE, FingerprintSettings.DEFAULTS));
        assertThat(with(
                        Headers.NONE.and("x-tenant", "a").and("x-branch", "b"),
                        new FingerprintSettings(false, Set.of("x-branch", "x-tenant"), 1 << 20)))
                .isEqualTo(with(Headers.NONE.and("x-branch", "b").and("x-tenant", "a"), settings));
    }

    @Test
    void headers_that_cannot_count_are_refused() {
        assertThatThrownBy(() -> new FingerprintSettings(false, Set.of("nodoubt-attempt"), 1))
                .hasMessageContaining("must not name nodoubt-attempt");
        assertThatThrownBy(() -> new FingerprintSettings(false, Set.of("X Tenant"), 1))
                .hasMessageContaining("was X Tenant");
        assertThatThrownBy(() -> new FingerprintSettings(false, Set.of(), -1)).hasMessageContaining("was -1");
    }

    @Test
    void each_form_is_computed_once_and_the_chosen_one_at_once() throws IOException {
        Bodies.Watched body = new Bodies.Watched("application/json", utf8(ORDER));
        Fingerprints request = RequestFingerprints.of(head(Headers.NONE), body, CANONICAL);

        assertThat(body.opened).isOne();
        assertThat(request.chosen()).isEqualTo(request.by(JSON));
        assertThat(body.opened).isOne();
        assertThat(request.by(RAW)).isEqualTo(request.by(RAW)).isNotNull();
        assertThat(body.opened).isEqualTo(2);
    }

    @Test
    void a_body_that_can_no_longer_be_read_is_an_error_and_no_other_request() throws IOException {
        Bodies.Watched body = new Bodies.Watched("application/json", utf8(ORDER));
        Fingerprints request = RequestFingerprints.of(head(Headers.NONE), body, CANONICAL);

        body.failing = true;

        assertThatThrownBy(() -> request.by(RAW)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> RequestFingerprints.of(head(Headers.NONE), body, CANONICAL))
                .hasMessage("disk gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip"})
    void a_spooled_body_counts_like_the_same_in_memory(String coding) throws IOException {
        byte[] plain = new byte[300_000];
        new Random(5).nextBytes(plain);
        byte[] bytes = coding.isEmpty() ? plain : gzip(plain);
        Spooling spooling = new Spooling(1 << 20, 1000, directory);

        try (SpooledBody body =
                SpooledBody.read(new ByteArrayInputStream(bytes), bytes.length, "application/octet-stream", spooling)) {
            assertThat(RequestFingerprints.of(head(encoding(coding)), body, FingerprintSettings.DEFAULTS)
                            .chosen())
                    .isEqualTo(fingerprints("application/octet-stream", plain).chosen());
        }
    }

    private static Fingerprints canonical(String json) {
        return fingerprints(Headers.NONE, "application/json", utf8(json), CANONICAL);
    }

    private static Fingerprint with(Headers headers, FingerprintSettings settings) {
        return fingerprints(headers, "application/json", utf8(ORDER), settings).chosen();
    }
}
