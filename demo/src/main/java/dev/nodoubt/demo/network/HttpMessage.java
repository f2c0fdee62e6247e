package dev.nodoubt.demo.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 message as it stood on the wire, cut out of the stream by its own framing; the bytes are handed on
 * unchanged.
 */
final class HttpMessage {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_BODY = 16 * 1024 * 1024;

    /** Start line and headers with the empty line that ends them. */
    private final String head;
    /** The bytes after it, with the framing of chunks. */
    private final byte[] body;

    private HttpMessage(String head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /** The next request of this connection; empty when the client closed it instead. */
    static Optional<HttpMessage> request(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        return Optional.of(message(head(in, first), in, false));
    }

    /** The answer that this connection carries next, whole. */
    static HttpMessage response(InputStream in) throws IOException {
        while (true) {
            HttpMessage message = message(head(in, in.read()), in, true);
            if (!message.interim()) {
                return message;
            }
        }
    }

    /** Start line and headers. */
    String head() {
        return head;
    }

    /** The bytes to send on. */
    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length);
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /** The body as text; its framing, if any, is in it. */
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The method of a request. */
    String method() {
        return word(0);
    }

    /** The status of an answer. */
    String status() {
        return word(1);
    }

    /** The target of a request without its query. */
    String path() {
        String target = word(1);
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The first value of a header, trimmed. */
    Optional<String> header(String name) {
        return header(head, name);
    }

    /** Whether nothing can follow this message on its connection. */
    boolean closes() {
        boolean framed = header("Content-Length").isPresent()
                || header("Transfer-Encoding").isPresent();
        if (!framed && body.length > 0) {
            return true;
        }
        String connection = header("Connection").orElse("").toLowerCase(Locale.ROOT);
        return connection.equals("close") || (!connection.equals("keep-alive") && head.contains("HTTP/1.0"));
    }

    private boolean interim() {
        return word(1).startsWith("1");
    }

    private String word(int index) {
        String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", 3);
        return index < words.length ? words[index] : "";
    }

    private static HttpMessage message(String head, InputStream in, boolean response) throws IOException {
        if (header(head, "Transfer-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return new HttpMessage(head, chunks(in));
        }
        Optional<String> length = header(head, "Content-Length");
        if (length.isPresent()) {
            return new HttpMessage(head, exactly(in, length(length.get())));
        }
        boolean empty = !response || head.matches("(?s)HTTP/1\\.[01] (1..|204|304).*");
        return new HttpMessage(head, empty ? new byte[0] : in.readAllBytes());
    }

    private static String head(InputStream in, int first) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last4 = 0;
        for (int b = first; ; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the stream ended inside a head");
            }
            head.write(b);
            last4 = (last4 << 8) | b;
            if (last4 == 0x0D0A0D0A) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            if (head.size() > LONGEST_HEAD) {
                throw new IOException("a head of more than " + LONGEST_HEAD + " bytes");
            }
        }
    }

    private static Optional<String> header(String head, String name) {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return Optional.of(line.substring(name.length() + 1).trim());
            }
        }
        return Optional.empty();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            all.writeBytes((size + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            int length = chunkSize(size);
            if (length == 0) {
                for (String trailer = line(in); ; trailer = line(in)) {
                    all.writeBytes((trailer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                    if (trailer.isEmpty()) {
                        return all.toByteArray();
                    }
                }
            }
            all.writeBytes(exactly(in, length + 2));
            if (all.size() > LONGEST_BODY) {
                throw new IOException("a body of more than " + LONGEST_BODY + " bytes");
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.length() > LONGEST_HEAD) {
                throw new EOFException("the stream ended inside a chunk");
            }
            line.append((char) b);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }

    private static int chunkSize(String line) throws IOException {
        int semicolon = line.indexOf(';');
        String size = (semicolon < 0 ? line : line.substring(0, semicolon)).trim();
        try {
            return bounded(Integer.parseInt(size, 16));
        } catch (NumberFormatException e) {
            throw new IOException("not a chunk's size", e);
        }
    }

    private static int length(String value) throws IOException {
        try {
            return bounded(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            throw new IOException("not a Content-Length", e);
        }
    }

    private static int bounded(int length) throws IOException {
        if (length < 0 || length > LONGEST_BODY) {
            throw new IOException("a body of more than " + LONGEST_BODY + " bytes");
        }
        return length;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended inside a body");
        }
        return bytes;
    }
}
