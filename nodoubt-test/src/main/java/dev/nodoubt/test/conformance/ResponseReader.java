package dev.nodoubt.test.conformance;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 response (RFC 9112) and takes only what cannot be misread: lines that end in CR LF, names that are
 * tokens, one framing, and a body whose end is known, so that a truncated answer never passes for a whole one.
 */
final class ResponseReader {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2}) [\\t -~\u0080-\u00ff]*");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t -~\u0080-\u00ff]*)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})(;[\\t -~]*)?");
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_FIELDS = 100;
    private static final int LARGEST_BODY = 64 * 1024 * 1024;

    private final InputStream in;
    private final String method;

    ResponseReader(InputStream in, String method) {
        this.in = in;
        this.method = method;
    }

    /** The final response; interim ones are passed over. */
    Response read() throws IOException {
        while (true) {
            int status = status();
            List<Field> fields = fields();
            if (status >= 200) {
                return new Response(status, fields, body(status, fields));
            }
        }
    }

    private int status() throws IOException {
        Matcher line = STATUS_LINE.matcher(line());
        MalformedResponse.unless(line.matches(), "the answer does not begin with an HTTP/1.1 status line");
        return Integer.parseInt(line.group(1));
    }

    private List<Field> fields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String text = line(); !text.isEmpty(); text = line()) {
            Matcher field = FIELD.matcher(text);
            MalformedResponse.unless(field.matches(), "the answer has a header line that is none");
            MalformedResponse.unless(fields.size() < MOST_FIELDS, "the answer has more than 100 header lines");
            fields.add(new Field(field.group(1), field.group(2).stripTrailing()));
        }
        return fields;
    }

    private byte[] body(int status, List<Field> fields) throws IOException {
        List<String> lengths = values(fields, "Content-Length");
        List<String> encodings = values(fields, "Transfer-Encoding");
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if (!encodings.isEmpty()) {
            MalformedResponse.unless(lengths.isEmpty(), "the answer has both a Content-Length and a Transfer-Encoding");
            MalformedResponse.unless(
                    encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked"),
                    "the answer's Transfer-Encoding is not chunked");
            return chunks();
        }
        MalformedResponse.unless(
                lengths.size() == 1 && LENGTH.matcher(lengths.get(0)).matches(),
                "the answer has no single Content-Length and no chunks: whether its body is complete cannot be told");
        return exactly(Long.parseLong(lengths.get(0)));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Matcher chunk = CHUNK.matcher(line());
            MalformedResponse.unless(chunk.matches(), "the answer has a chunk without a size");
            int size = Integer.parseInt(chunk.group(1), 16);
            if (size == 0) {
                fields(); // trailers
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            MalformedResponse.unless(body.size() <= LARGEST_BODY, "the answer's body has more than 64 MiB");
            MalformedResponse.unless(line().isEmpty(), "the answer has a chunk that is longer than its size");
        }
    }

    private byte[] exactly(long length) throws IOException {
        MalformedResponse.unless(length <= LARGEST_BODY, "the answer's body has more than 64 MiB");
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the answer's body broke off after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException(
                        line.isEmpty() ? "the connection was closed without an answer" : "the answer broke off");
            }
            MalformedResponse.unless(c != '\n', "the answer has a line that does not end in CR LF");
            MalformedResponse.unless(line.length() < LONGEST_LINE, "the answer has a line of more than 16 KiB");
            line.append((char) c);
        }
        MalformedResponse.unless(in.read() == '\n', "the answer has a CR within a line");
        return line.toString();
    }

    private static List<String> values(List<Field> fields, String name) {
        return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
    }
}
