package dev.nodoubt.spring;

import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprints;
import dev.nodoubt.wire.BodyPart;
import dev.nodoubt.wire.FingerprintSettings;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.RequestBody;
import dev.nodoubt.wire.RequestFingerprints;
import dev.nodoubt.wire.RequestHead;
import dev.nodoubt.wire.SpooledBody;
import dev.nodoubt.wire.Spooling;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The body of a request for a gated handler: read whole before a connection to the database is taken. */
sealed interface GatedBody extends AutoCloseable {

    /** The request with this body, as often as it is read. */
    HttpServletRequest replayable();

    Fingerprints fingerprints(RequestHead head, FingerprintSettings settings) throws IOException;

    /** Deletes what was spooled. */
    @Override
    void close() throws IOException;

    /**
     * Reads the body.
     *
     * @throws dev.nodoubt.wire.BodyTooLargeException when it is larger than the gate takes
     * @throws UnreadableBodyException when it cannot be gated
     */
    static GatedBody read(HttpServletRequest request, Spooling spooling) throws IOException {
        String type = contentType(request);
        if (ServletWire.isMultipart(request)) {
            return new Parts(request, type, parts(request, spooling));
        }
        if (ServletWire.isForm(request)) {
            byte[] form = ServletWire.form(request).getBytes(StandardCharsets.UTF_8);
            return new Form(request, RequestBody.of(Payload.of(form, type)));
        }
        return new Bytes(
                request, SpooledBody.read(request.getInputStream(), request.getContentLengthLong(), type, spooling));
    }

    private static String contentType(HttpServletRequest request) throws UnreadableBodyException {
        String type = request.getContentType();
        try {
            return Payload.of(new byte[0], type == null ? "" : type).mediaType();
        } catch (IllegalArgumentException e) {
            throw new UnreadableBodyException(400, "content-type-invalid", "Content-Type must be visible ASCII");
        }
    }

    /** The container takes them apart, and spools them as its multipart settings say. */
    private static List<BodyPart> parts(HttpServletRequest request, Spooling spooling) throws IOException {
        List<BodyPart> parts = new ArrayList<>();
        long size = 0;
        try {
            for (Part part : request.getParts()) {
                parts.add(new BodyPart(headers(part), new PartBody(part)));
                size += part.getSize();
            }
        } catch (ServletException | IOException | IllegalStateException e) {
            throw new UnreadableBodyException(
                    400,
                    "multipart-invalid",
                    "the multipart body is malformed or larger than the server's multipart limits");
        }
        if (size > spooling.largest()) {
            throw new UnreadableBodyException(
                    413, "body-too-large", "the parts must have at most " + spooling.largest() + " bytes, had " + size);
        }
        return parts;
    }

    private static Headers headers(Part part) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : part.getHeaderNames()) {
            fields.put(name, List.copyOf(part.getHeaders(name)));
        }
        return Headers.of(fields);
    }

    /** Any other body. */
    record Bytes(HttpServletRequest request, SpooledBody body) implements GatedBody {

        @Override
        public HttpServletRequest replayable() {
            return new BufferedRequest(request, body);
        }

        @Override
        public Fingerprints fingerprints(RequestHead head, FingerprintSettings settings) throws IOException {
            return RequestFingerprints.of(head, body, settings);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** A form, read as parameters and written anew: a filter may have asked for one, and then its bytes are gone. */
    record Form(HttpServletRequest request, RequestBody body) implements GatedBody {

        @Override
        public HttpServletRequest replayable() {
            return new BufferedRequest(request, body);
        }

        @Override
        public Fingerprints fingerprints(RequestHead head, FingerprintSettings settings) throws IOException {
            return RequestFingerprints.of(head, body, settings);
        }

        @Override
        public void close() {
            // nothing was spooled
        }
    }

    /** A multipart body, whose parts the container holds until the request ends. */
    record Parts(HttpServletRequest request, String type, List<BodyPart> parts) implements GatedBody {

        @Override
        public HttpServletRequest replayable() {
            return new BufferedRequest(request, null);
        }

        @Override
        public Fingerprints fingerprints(RequestHead head, FingerprintSettings settings) throws IOException {
            return RequestFingerprints.ofParts(head, type, parts, settings);
        }

        @Override
        public void close() {
            // the container deletes its parts
        }
    }

    /** A part's content. */
    record PartBody(Part part) implements RequestBody {

        @Override
        public String mediaType() {
            String type = part.getContentType();
            return type == null ? "" : type;
        }

        @Override
        public long size() {
            return part.getSize();
        }

        @Override
        public InputStream open() throws IOException {
            return part.getInputStream();
        }
    }
}
