package dev.nodoubt.spring;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What the handler of a gated request answers, kept until the gate has decided: nothing of it reaches the socket. */
final class BufferedResponse extends HttpServletResponseWrapper {

    private final ResponseHeaders headers = new ResponseHeaders();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final ServletOutputStream stream = new BodyStream(body);
    private @Nullable PrintWriter writer;
    private int status = SC_OK;
    private boolean ended;

    BufferedResponse(HttpServletResponse response) {
        super(response);
    }

    /** The whole reply, once the handler has returned. */
    Reply reply() {
        if (writer != null) {
            writer.flush();
        }
        return new Reply(status, headers.joined(), Payload.of(body.toByteArray(), headers.contentTypeOrEmpty()));
    }

    @Override
    public void setStatus(int newStatus) {
        if (!ended) {
            status = newStatus;
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void sendError(int code) {
        end(code);
        HttpStatus known = HttpStatus.resolve(code);
        String title = known == null ? "" : ",\"title\":\"" + known.getReasonPhrase() + "\"";
        String problem = "{\"type\":\"about:blank\"" + title + ",\"status\":" + code + "}";
        headers.setContentType("application/problem+json");
        body.writeBytes(problem.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sendError(int code, String message) {
        sendError(code); // the message may tell what the container's error page would hide
    }

    @Override
    public void sendRedirect(String location, int code, boolean clear) {
        end(code);
        headers.set("Location", location);
    }

    @Override
    public void sendRedirect(String location) {
        sendRedirect(location, SC_FOUND, true);
    }

    @Override
    public void sendRedirect(String location, boolean clear) {
        sendRedirect(location, SC_FOUND, clear);
    }

    @Override
    public void sendRedirect(String location, int code) {
        sendRedirect(location, code, true);
    }

    private void end(int code) {
        if (ended) {
            throw new IllegalStateException("this response was ended by an error or a redirect before");
        }
        resetBuffer();
        status = code;
        ended = true;
    }

    @Override
    public boolean isCommitted() {
        return ended;
    }

    @Override
    public void flushBuffer() {
        // the gate sends the reply when it has committed
    }

    @Override
    public void resetBuffer() {
        if (ended) {
            throw new IllegalStateException("this response was ended by an error or a redirect before");
        }
        if (writer != null) {
            writer.flush();
        }
        body.reset();
    }

    @Override
    public void reset() {
        resetBuffer();
        headers.clear();
        writer = null;
        status = SC_OK;
    }

    @Override
    public int getBufferSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void setBufferSize(int size) {
        // the buffer grows
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            Charset charset = Charset.forName(getCharacterEncoding());
            headers.fixCharset(charset);
            writer = new PrintWriter(new OutputStreamWriter(body, charset));
        }
        return writer;
    }

    @Override
    public @Nullable String getContentType() {
        String type = headers.contentTypeOrEmpty();
        return type.isEmpty() ? null : type;
    }

    @Override
    public void setContentType(@Nullable String type) {
        headers.setContentType(type);
    }

    @Override
    public String getCharacterEncoding() {
        return headers.charset().name();
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        if (charset != null) {
            headers.fixCharset(Charset.forName(charset));
        }
    }

    @Override
    public void setCharacterEncoding(Charset charset) {
        headers.fixCharset(charset);
    }

    @Override
    public void setContentLength(int length) {
        // follows from the body
    }

    @Override
    public void setContentLengthLong(long length) {
        // follows from the body
    }

    @Override
    public void setLocale(Locale locale) {
        headers.set("Content-Language", locale.toLanguageTag());
    }

    @Override
    public void addCookie(Cookie cookie) {
        // a cookie belongs to one session and not to every answer of a key
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.contains(name);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        headers.set(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        headers.add(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        headers.set(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        headers.add(name, Integer.toString(value));
    }

    @Override
    public void setDateHeader(String name, long date) {
        headers.set(name, ResponseHeaders.date(date));
    }

    @Override
    public void addDateHeader(String name, long date) {
        headers.add(name, ResponseHeaders.date(date));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.all(name).stream().findFirst().orElse(null);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return headers.all(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return headers.names();
    }

    private static final class BodyStream extends ServletOutputStream {

        private final ByteArrayOutputStream body;

        BodyStream(ByteArrayOutputStream body) {
            this.body = body;
        }

        @Override
        public void write(int b) {
            body.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            body.write(bytes, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("an @Idempotent method cannot write its reply asynchronously");
        }
    }
}
