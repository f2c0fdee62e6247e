package dev.nodoubt.spring;

import dev.nodoubt.wire.RequestBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A gated request: its body was read before, and it ends when its method returns. */
final class BufferedRequest extends HttpServletRequestWrapper {

    private final @Nullable RequestBody body;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    /** @param body null of a multipart request, whose parts the container holds */
    BufferedRequest(HttpServletRequest request, @Nullable RequestBody body) {
        super(request);
        this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            return super.getInputStream();
        }
        if (reader != null) {
            throw new IllegalStateException("getReader() was called on this request before getInputStream()");
        }
        if (stream == null) {
            stream = new BodyStream(body.open(), body.size());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (body == null) {
            return super.getReader();
        }
        if (stream != null) {
            throw new IllegalStateException("getInputStream() was called on this request before getReader()");
        }
        if (reader == null) {
            String encoding = getCharacterEncoding();
            Charset charset = encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
            reader = new BufferedReader(new InputStreamReader(body.open(), charset));
        }
        return reader;
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw refuseToGoOn();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        throw refuseToGoOn();
    }

    private IllegalStateException refuseToGoOn() {
        GatePassage passage = GatePassage.of(this);
        if (passage != null) {
            passage.goOnLater();
        }
        return notAsync();
    }

    private static IllegalStateException notAsync() {
        return new IllegalStateException("a gated handler cannot go on asynchronously: its effect and reply must be"
                + " complete when it returns");
    }

    private static final class BodyStream extends ServletInputStream {

        private final InputStream bytes;
        private long left;

        BodyStream(InputStream bytes, long size) {
            this.bytes = bytes;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            int read = bytes.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = bytes.read(buffer, offset, length);
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw notAsync();
        }
    }
}
