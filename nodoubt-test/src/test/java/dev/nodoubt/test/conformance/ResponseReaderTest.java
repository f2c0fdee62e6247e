package dev.nodoubt.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void a_body_has_the_announced_length() throws IOException {
        Response response = read(OK + "Content-Length: 5\r\nX-Twice: a\r\nx-twice: b\r\n\r\nhello and more");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
        assertThat(response.all("X-TWICE")).containsExactly("a", "b");
    }

    @Test
    void chunks_are_joined_up_to_the_last_one() throws IOException {
        Response response =
                read(OK + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\nmore");

        assertThat(response.body()).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
    }

    @Test
    void interim_responses_are_passed_over() throws IOException {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void a_truncated_body_is_no_answer() {
        assertThatThrownBy(() -> read(OK + "Content-Length: 6\r\n\r\nhello"))
                .isInstanceOf(EOFException.class)
                .hasMessage("the answer's body broke off after 5 of 6 bytes");
        assertThatThrownBy(() -> read(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(OK + "Content-Le")).isInstanceOf(EOFException.class);
    }

    @Test
    void silence_is_told_from_half_an_answer() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(EOFException.class)
                .hasMessage("the connection was closed without an answer");
    }

    @Test
    void what_could_be_misread_is_refused() {
        assertMalformed(OK + "\r\nhello", "whether its body is complete cannot be told");
        assertMalformed(OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "no single Content-Length");
        assertMalformed(
                OK + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "both a Content-Length and");
        assertMalformed(OK + "Content-Length: five\r\n\r\nhello", "no single Content-Length");
        assertMalformed("HTTP/1.1 200 OK\nContent-Length: 0\n\n", "does not end in CR LF");
        assertMalformed(OK + "X: a\r\n folded\r\nContent-Length: 0\r\n\r\n", "a header line that is none");
        assertMalformed(OK + "Spaced : a\r\nContent-Length: 0\r\n\r\n", "a header line that is none");
        assertMalformed("ICY 200 OK\r\n\r\n", "does not begin with an HTTP/1.1 status line");
        assertMalformed(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n", "longer than its size");
    }

    private static void assertMalformed(String bytes, String rule) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(MalformedResponse.class)
                .hasMessageContaining(rule);
    }

    private static Response read(String bytes) throws IOException {
        return new ResponseReader(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)), "POST").read();
    }
}
