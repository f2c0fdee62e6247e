package dev.nodoubt.demo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessageTest {

    @Test
    void aMessageEndsWhereItsLengthSays() throws IOException {
        String first = "POST /a?b=c HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
        InputStream in = stream(first + "GET / HTTP/1.1\r\n\r\n");

        HttpMessage one = HttpMessage.request(in).orElseThrow();
        HttpMessage two = HttpMessage.request(in).orElseThrow();

        assertThat(one.bytes()).asString().isEqualTo(first);
        assertThat(one.path()).isEqualTo("/a");
        assertThat(two.method()).isEqualTo("GET");
        assertThat(HttpMessage.request(in)).isEmpty();
    }

    @Test
    void chunksAreHandedOnAsTheyCame() throws IOException {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n";

        HttpMessage answer = HttpMessage.response(stream(chunked + "rest"));

        assertThat(answer.bytes()).asString().isEqualTo(chunked);
        assertThat(answer.closes()).isFalse();
    }

    @Test
    void anAnswerWithoutLengthEndsWithItsConnection() throws IOException {
        HttpMessage answer = HttpMessage.response(stream("HTTP/1.1 200 OK\r\n\r\nto the end"));

        assertThat(answer.text()).isEqualTo("to the end");
        assertThat(answer.closes()).isTrue();
    }

    @Test
    void anInterimAnswerIsPassedOver() throws IOException {
        HttpMessage answer =
                HttpMessage.response(stream("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(answer.head()).startsWith("HTTP/1.1 204");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc",
                "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\nabc",
                "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\nabc",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nz\r\nabc",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
                "POST / HTTP/1.1\r\nHost"
            })
    void aBrokenMessageIsNoMessage(String broken) {
        assertThatIOException().isThrownBy(() -> HttpMessage.request(stream(broken)));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
