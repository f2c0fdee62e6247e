package dev.nodoubt.test.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request exactly as it will stand on the wire, right or wrong. Immutable. */
final class Request {

    private static final int CHUNK = 7;

    private final String method;
    private final String target;
    private final List<Field> fields;
    private final byte[] body;

    private Request(String method, String target, List<Field> fields, byte[] body) {
        this.method = method;
        this.target = target;
        this.fields = List.copyOf(fields);
        this.body = body;
    }

    static Request of(String method, String target) {
        return new Request(method, target, List.of(), new byte[0]);
    }

    /** One more line in the head, also when there is one of this name. */
    Request and(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Request(method, target, more, body);
    }

    Request without(String name) {
        return new Request(
                method, target, fields.stream().filter(f -> !f.is(name)).toList(), body);
    }

    /** This value in the place of every other of this name. */
    Request with(String name, String value) {
        return without(name).and(name, value);
    }

    Request method(String other) {
        return new Request(other, target, fields, body);
    }

    Request target(String other) {
        return new Request(method, other, fields, body);
    }

    Request body(byte[] bytes) {
        return new Request(method, target, fields, bytes.clone());
    }

    Request body(Body other) {
        return new Request(method, target, fields, other.bytes()).with("Content-Type", other.mediaType());
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    byte[] body() {
        return body.clone();
    }

    /** The head that announces the body's length. */
    byte[] head() {
        boolean silent = body.length == 0 && (method.equals("GET") || method.equals("HEAD"));
        return head(silent ? "" : "Content-Length: " + body.length + "\r\n");
    }

    /** Head and body in one piece. */
    byte[] bytes() {
        return join(head(), body);
    }

    /** The same with a body in chunks of seven bytes. */
    byte[] chunked() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head("Transfer-Encoding: chunked\r\n"));
        for (int i = 0; i < body.length; i += CHUNK) {
            int length = Math.min(CHUNK, body.length - i);
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, i, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private byte[] head(String framing) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        fields.forEach(field ->
                head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return head.append(framing).append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
