package dev.nodoubt.wire;

import dev.nodoubt.Payload;
import dev.nodoubt.gate.Fingerprints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Requests and codings for the tests of fingerprints. */
final class Bodies {

    static final FingerprintSettings CANONICAL = new FingerprintSettings(true, Set.of(), 1 << 20);

    private Bodies() {}

    static RequestHead head(Headers headers) {
        return new RequestHead("POST", "/api/orders?x=1", headers);
    }

    static Headers encoding(String codings) {
        return Headers.NONE.and("Content-Encoding", codings);
    }

    static Fingerprints fingerprints(String mediaType, byte[] body) {
        return fingerprints(Headers.NONE, mediaType, body, FingerprintSettings.DEFAULTS);
    }

    static Fingerprints fingerprints(Headers headers, String mediaType, byte[] body, FingerprintSettings settings) {
        try {
            return RequestFingerprints.of(head(headers), RequestBody.of(Payload.of(body, mediaType)), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] bytes) {
        return coded(bytes, GZIPOutputStream::new);
    }

    static byte[] deflate(byte[] bytes) {
        return coded(bytes, DeflaterOutputStream::new);
    }

    private static byte[] coded(byte[] bytes, Coding coding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coded = coding.over(out)) {
            coded.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Counts how often it is opened; from the first failure on it cannot be read. */
    static final class Watched implements RequestBody {

        private final RequestBody body;
        int opened;
        boolean failing;

        Watched(String mediaType, byte[] bytes) {
            this.body = RequestBody.of(Payload.of(bytes, mediaType));
        }

        @Override
        public String mediaType() {
            return body.mediaType();
        }

        @Override
        public long size() {
            return body.size();
        }

        @Override
        public InputStream open() throws IOException {
            opened++;
            if (failing) {
                throw new IOException("disk gone");
            }
            return body.open();
        }
    }

    private interface Coding {
        OutputStream over(OutputStream plain) throws IOException;
    }
}
