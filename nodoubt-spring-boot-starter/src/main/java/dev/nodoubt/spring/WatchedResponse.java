package dev.nodoubt.spring;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** An answer as it came; when it breaks off while it is read, that is said in other words. */
final class WatchedResponse implements ClientHttpResponse {

    private final ClientHttpResponse response;
    private final Function<IOException, ? extends IOException> words;

    WatchedResponse(ClientHttpResponse response, Function<IOException, ? extends IOException> words) {
        this.response = response;
        this.words = words;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T watch(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException e) {
            throw words.apply(e);
        }
    }

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return watch(response::getStatusCode);
    }

    @Override
    public String getStatusText() throws IOException {
        return watch(response::getStatusText);
    }

    @Override
    public HttpHeaders getHeaders() {
        return response.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
        return new WatchedStream(watch(response::getBody));
    }

    @Override
    public void close() {
        response.close();
    }

    private final class WatchedStream extends FilterInputStream {

        WatchedStream(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            return watch(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return watch(() -> in.read(bytes, offset, length));
        }
    }
}
