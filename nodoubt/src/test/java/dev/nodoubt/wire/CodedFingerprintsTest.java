package dev.nodoubt.wire;

import static dev.nodoubt.wire.Bodies.deflate;
import static dev.nodoubt.wire.Bodies.encoding;
import static dev.nodoubt.wire.Bodies.gzip;
import static dev.nodoubt.wire.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Fingerprints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodedFingerprintsTest {

    private static final byte[] PLAIN = utf8("{\"b\":1,\"a\":\"" + "같은 말 ".repeat(3000) + "\"}");
    private static final Fingerprint FIRST = of(Headers.NONE, PLAIN);

    @ParameterizedTest
    @MethodSource
    void a_coded_body_counts_like_the_plain_one(Headers headers, byte[] body) {
        assertThat(of(headers, body)).isEqualTo(FIRST);
    }

    static Stream<Arguments> a_coded_body_counts_like_the_plain_one() {
        return Stream.of(
                arguments(encoding("identity"), PLAIN),
                arguments(encoding(""), PLAIN),
                arguments(encoding("gzip"), gzip(PLAIN)),
                arguments(encoding("GZIP"), gzip(PLAIN)),
                arguments(encoding("x-gzip"), gzip(PLAIN)),
                arguments(encoding("deflate"), deflate(PLAIN)),
                arguments(encoding("deflate, gzip"), gzip(deflate(PLAIN))),
                arguments(encoding("gzip").and("Content-Encoding", "identity, deflate"), deflate(gzip(PLAIN))),
                arguments(encoding("gzip,gzip , gzip"), gzip(gzip(gzip(PLAIN)))));
    }

    @Test
    void one_body_in_two_gzip_members_counts_like_the_plain_one() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(Arrays.copyOf(PLAIN, 1000)));
        members.write(gzip(Arrays.copyOfRange(PLAIN, 1000, PLAIN.length)));

        assertThat(of(encoding("gzip"), members.toByteArray())).isEqualTo(FIRST);
    }

    @Test
    void what_cannot_be_undone_counts_with_the_name_of_its_coding() {
        byte[] cut = Arrays.copyOf(gzip(PLAIN), 40);

        assertThat(List.of(
                        FIRST,
                        of(encoding("gzip"), PLAIN),
                        of(encoding("deflate"), PLAIN),
                        of(encoding("br"), PLAIN),
                        of(encoding("gzip, br"), PLAIN),
                        of(encoding("br, br"), PLAIN),
                        of(encoding("deflate, gzip"), gzip(PLAIN)),
                        of(Headers.NONE, gzip(PLAIN)),
                        of(encoding("deflate"), gzip(PLAIN)),
                        of(encoding("deflate"), deflated(PLAIN, new Deflater(-1, true))),
                        of(encoding("deflate"), deflated(PLAIN, withDictionary("a"))),
                        of(encoding("deflate"), deflated(PLAIN, withDictionary("b"))),
                        of(encoding("gzip, gzip, gzip, gzip"), gzip(gzip(gzip(gzip(PLAIN))))),
                        of(encoding("gzip"), cut),
                        of(Headers.NONE, cut),
                        of(encoding("gzip"), new byte[0]),
                        of(Headers.NONE, new byte[0])))
                .hasSize(17)
                .satisfies(all -> assertThat(all.stream().distinct())
                        // Once undone as far as it goes, these two are one.
                        .hasSize(16))
                .satisfies(all -> assertThat(all.get(6)).isEqualTo(all.get(2)));
    }

    @Test
    void a_repetition_of_what_cannot_be_undone_is_the_same_request() {
        assertThat(of(encoding("BR"), PLAIN)).isEqualTo(of(encoding("identity,br"), PLAIN));
        assertThat(of(encoding("br, gzip"), gzip(PLAIN))).isEqualTo(of(encoding("br"), PLAIN));
    }

    @Test
    void coded_json_has_its_canonical_form() {
        byte[] other = utf8("{ \"a\":1, \"b\":2 }");
        FingerprintSettings canonical = Bodies.CANONICAL;
        Fingerprint plain = Bodies.fingerprints(Headers.NONE, "application/json", utf8("{\"b\":2,\"a\":1}"), canonical)
                .chosen();

        assertThat(Bodies.fingerprints(encoding("gzip"), "application/json", gzip(other), canonical)
                        .chosen())
                .isEqualTo(plain);
        assertThat(plain.version()).isEqualTo(2);
    }

    @Test
    void coded_json_that_cannot_be_undone_has_none() {
        Fingerprints request =
                Bodies.fingerprints(encoding("br"), "application/json", utf8("{\"b\":2,\"a\":1}"), Bodies.CANONICAL);

        assertThat(request.chosen().version()).isEqualTo(1);
        assertThat(request.by(2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, gzip", "deflate, gzip"})
    void a_bomb_is_refused_at_the_limit(String codings) throws IOException {
        byte[] large = new byte[50 << 20];
        byte[] inner = codings.startsWith("deflate") ? deflate(large) : gzip(large);
        Bodies.Watched body =
                new Bodies.Watched("application/octet-stream", codings.contains(",") ? gzip(inner) : inner);

        assertThatThrownBy(() ->
                        RequestFingerprints.of(Bodies.head(encoding(codings)), body, FingerprintSettings.DEFAULTS))
                .isInstanceOfSatisfying(
                        BodyTooLargeException.class, e -> assertThat(e.limit()).isEqualTo(1 << 20))
                .hasMessage("the body after Content-Encoding must have at most 1048576 bytes, had more");
    }

    @Test
    void a_body_of_exactly_the_limit_is_taken() throws IOException {
        FingerprintSettings settings = new FingerprintSettings(false, Set.of(), PLAIN.length);
        FingerprintSettings smaller = new FingerprintSettings(false, Set.of(), PLAIN.length - 1);

        assertThat(Bodies.fingerprints(encoding("gzip"), "application/json", gzip(PLAIN), settings)
                        .chosen())
                .isEqualTo(FIRST);
        assertThatThrownBy(() -> Bodies.fingerprints(encoding("gzip"), "application/json", gzip(PLAIN), smaller))
                .hasCauseInstanceOf(BodyTooLargeException.class);
    }

    private static Arguments arguments(Headers headers, byte[] body) {
        return Arguments.of(headers, body);
    }

    private static Fingerprint of(Headers headers, byte[] body) {
        return Bodies.fingerprints(headers, "application/json", body, FingerprintSettings.DEFAULTS)
                .chosen();
    }

    private static Deflater withDictionary(String dictionary) {
        Deflater deflater = new Deflater();
        deflater.setDictionary(utf8(dictionary));
        return deflater;
    }

    private static byte[] deflated(byte[] bytes, Deflater deflater) {
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length];
        int size = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, size);
    }
}
