package dev.nodoubt.wire;

import static dev.nodoubt.wire.Bodies.encoding;
import static dev.nodoubt.wire.Bodies.fingerprints;
import static dev.nodoubt.wire.Bodies.gzip;
import static dev.nodoubt.wire.Bodies.head;
import static dev.nodoubt.wire.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.Fingerprints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFingerprintsTest {

    private static final int PARTS = 3;
    private static final String FORM = """
            --B
            Content-Disposition: form-data; name="title"

            책
            --B
            Content-Disposition: form-data; name="file"; filename="a.txt"
            Content-Type: text/plain

            line 1
            line 2

            --B--
            """;
    private static final Fingerprint FIRST = form("B", FORM).chosen();

    @Test
    void a_multipart_body_counts_by_its_parts() {
        assertThat(FIRST.version()).isEqualTo(PARTS);
        assertThat(form("B", FORM).by(1)).isNotNull().isNotEqualTo(FIRST);
        assertThat(form("B", FORM).by(2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "----WebKitFormBoundaryAbC123", "a-b", "--"})
    void only_the_boundary_may_differ(String boundary) {
        String other = FORM.replace("--B", "--" + boundary);

        assertThat(form(boundary, other).chosen()).isEqualTo(FIRST);
        assertThat(form(boundary, other).by(1)).isNotEqualTo(form("B", FORM).by(1));
    }

    @Test
    void what_says_nothing_does_not_count() {
        assertThat(List.of(
                        form("B", "preamble\n" + FORM + "epilogue\n--B\n").chosen(),
                        form("B", FORM.stripTrailing()).chosen(),
                        form("B", FORM.replace("--B\n", "--B \t\n")).chosen(),
                        form("B", FORM.replace("Content-Type: text", "content-type:text"))
                                .chosen(),
                        form("B", FORM.replace("; filename", ";\n  filename")).chosen(),
                        form("B", FORM.replace("""
                                Content-Disposition: form-data; name="file"; filename="a.txt"
                                Content-Type: text/plain
                                """, """
                                Content-Type: text/plain
                                Content-Disposition: form-data; name="file"; filename="a.txt"
                                """)).chosen()))
                .containsOnly(FIRST);
    }

    @Test
    void everything_else_counts() {
        assertThat(List.of(
                        FIRST,
                        form("B", FORM.replace("책", "글")).chosen(),
                        form("B", FORM.replace("line 2", "line 3")).chosen(),
                        form("B", FORM.replace("line 2\n\n", "line 2\n")).chosen(),
                        form("B", FORM.replace("\"title\"", "\"tital\"")).chosen(),
                        form("B", FORM.replace("text/plain", "text/html")).chosen(),
                        form("B", FORM.replace("a.txt", "b.txt")).chosen(),
                        form("B", FORM.replace("Content-Type: text/plain\n", ""))
                                .chosen(),
                        form("B", FORM.replace("--B--", "--B\n\n\n--B--")).chosen(),
                        form("B", "--B\n\n\n--B--").chosen(),
                        form("B", "--B\n\n\n\n--B--").chosen(),
                        form("B", "--B\na: b\n\nc: d\n--B--").chosen(),
                        form("B", "--B\na: b\nc: d\n\n\n--B--").chosen(),
                        form("B", "--B\n\na: b\n\nc: d\n--B--").chosen(),
                        form("B", "--B\na: b, c\n\n\n--B--").chosen(),
                        Bodies.fingerprints(Headers.NONE, "multipart/mixed; boundary=B", lines(FORM), Bodies.CANONICAL)
                                .chosen()))
                .doesNotHaveDuplicates()
                .allMatch(fingerprint -> fingerprint.version() == PARTS);
    }

    @Test
    void the_order_of_parts_counts() {
        String two = "--B\n\none\n--B\n\ntwo\n--B--";

        assertThat(form("B", two).chosen())
                .isNotEqualTo(form("B", "--B\n\ntwo\n--B\n\none\n--B--").chosen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--B",
                "--B--",
                "--B\n\nx\n",
                "--B\n\nx\n--B",
                "--B\n\nx\n--B-",
                "--B\n\nx\n--B-x",
                "--B\n\nx\n--Bx\n--B--",
                "--B x\n\nx\n--B--",
                "--B\n\nx\n--B--x",
                "--B\n--B--",
                "--B\n\n--B--",
                "--B\na: b\n--B--",
                "--B\nno colon\n\nx\n--B--",
                "--B\n: no name\n\nx\n--B--",
                "--B\n a: folded first\n\nx\n--B--",
                "--B\na : space\n\nx\n--B--",
                "x--B\n\nx\n--B--"
            })
    void a_malformed_one_counts_by_its_bytes(String body) {
        Fingerprints request = form("B", body);

        assertThat(request.chosen().version()).isEqualTo(1);
        assertThat(request.by(PARTS)).isNull();
    }

    @Test
    void lines_without_carriage_return_and_types_without_boundary_count_by_their_bytes() {
        assertThat(fingerprints("multipart/form-data; boundary=B", utf8(FORM))
                        .chosen()
                        .version())
                .isEqualTo(1);
        assertThat(fingerprints("multipart/form-data", lines(FORM)).chosen().version())
                .isEqualTo(1);
        assertThat(fingerprints("text/plain; boundary=B", lines(FORM)).chosen().version())
                .isEqualTo(1);
    }

    @Test
    void the_headers_of_a_part_have_their_limit() {
        String long1 = "--B\na: " + "x".repeat(16_000) + "\n\nx\n--B--";
        String long2 = "--B\na: " + "x".repeat(17_000) + "\n\nx\n--B--";

        assertThat(form("B", long1).chosen().version()).isEqualTo(PARTS);
        assertThat(form("B", long2).chosen().version()).isEqualTo(1);
    }

    @Test
    void a_coded_multipart_body_has_its_parts() {
        byte[] coded = gzip(lines(FORM));

        assertThat(Bodies.fingerprints(
                                encoding("gzip"),
                                "multipart/form-data; boundary=B",
                                coded,
                                FingerprintSettings.DEFAULTS)
                        .chosen())
                .isEqualTo(FIRST);
    }

    @Test
    void parts_that_a_container_took_apart_count_like_the_whole_body() throws IOException {
        RequestBody title = RequestBody.of(Payload.of(utf8("책"), ""));
        RequestBody file = RequestBody.of(Payload.of(utf8("line 1\r\nline 2\r\n"), "text/plain"));

        Fingerprints parts = RequestFingerprints.ofParts(
                head(Headers.NONE),
                "multipart/form-data; boundary=other",
                List.of(BodyPart.formData("title", null, title), BodyPart.formData("file", "a.txt", file)),
                FingerprintSettings.DEFAULTS);

        assertThat(parts.chosen()).isEqualTo(FIRST);
        assertThat(parts.by(PARTS)).isEqualTo(FIRST);
        assertThat(parts.by(1)).isNull();
        assertThat(parts.by(2)).isNull();
    }

    @Test
    void names_in_form_data_cannot_end_their_quotes() {
        RequestBody empty = RequestBody.of(Payload.EMPTY);

        assertThat(BodyPart.formData("a\"; filename=\"b", null, empty).headers().first("Content-Disposition"))
                .contains("form-data; name=\"a%22; filename=%22b\"");
        assertThat(BodyPart.formData("a\r\nb", "c\"d", empty).headers().first("Content-Disposition"))
                .contains("form-data; name=\"a%0D%0Ab\"; filename=\"c%22d\"");
    }

    /** Contents made of what a boundary is made of, across the edges of the reading buffers. */
    @Test
    void any_contents_are_told_apart_and_found_again_under_any_boundary() throws IOException {
        Random random = new Random(2046);
        String[] pieces = {"\r", "\n", "-", "--", "\r\n", "\r\n-", "\r\n--", "\r\n--bou", "x", "\r\r\n--b", "\0"};
        for (int i = 0; i < 300; i++) {
            byte[] content = pieces(pieces, random, random.nextInt(9000));
            byte[] head = utf8("Content-Disposition: form-data; name=\"f\"\r\n\r\n");
            Fingerprint one = fingerprints("multipart/form-data; boundary=boundary1", body("boundary1", head, content))
                    .chosen();
            Fingerprint again = fingerprints("multipart/form-data; boundary=bounds", body("bounds", head, content))
                    .chosen();
            Fingerprint longer = fingerprints(
                            "multipart/form-data; boundary=boundary1",
                            body(
                                    "boundary1",
                                    head,
                                    (new String(content, StandardCharsets.US_ASCII) + "-")
                                            .getBytes(StandardCharsets.US_ASCII)))
                    .chosen();
            Fingerprint part = RequestFingerprints.ofParts(
                            head(Headers.NONE),
                            "multipart/form-data",
                            List.of(BodyPart.formData("f", null, RequestBody.of(Payload.of(content, "")))),
                            FingerprintSettings.DEFAULTS)
                    .chosen();

            assertThat(one).isEqualTo(again).isEqualTo(part).isNotEqualTo(longer);
            assertThat(one.version()).isEqualTo(PARTS);
        }
    }

    private static byte[] pieces(String[] pieces, Random random, int size) {
        StringBuilder content = new StringBuilder();
        while (content.length() < size) {
            content.append(pieces[random.nextInt(pieces.length)]);
        }
        return content.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] body(String boundary, byte[] head, byte[] content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(utf8("--" + boundary + "\r\n"));
        body.write(head);
        body.write(content);
        body.write(utf8("\r\n--" + boundary + "--\r\n"));
        return body.toByteArray();
    }

    private static Fingerprints form(String boundary, String body) {
        return fingerprints("multipart/form-data; boundary=\"" + boundary + "\"", lines(body));
    }

    private static byte[] lines(String body) {
        return utf8(body.replace("\n", "\r\n"));
    }
}
