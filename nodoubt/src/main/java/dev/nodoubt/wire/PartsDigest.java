package dev.nodoubt.wire;

import dev.nodoubt.gate.FrameDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The parts of a multipart body as one value: SHA-256 over, for each part in order, two frames of 32 bytes. The first is
 * SHA-256 over the framed names (lower case, sorted) and values of its headers, the second SHA-256 of its content.
 */
final class PartsDigest {

    private final FrameDigest parts = new FrameDigest();

    static MessageDigest contentDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] of(List<BodyPart> parts) throws IOException {
        PartsDigest digest = new PartsDigest();
        MessageDigest content = contentDigest();
        for (BodyPart part : parts) {
            try (InputStream in = part.content().open()) {
                in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), content));
            }
            digest.add(part.headers(), content.digest());
        }
        return digest.end();
    }

    /**
     * The next part.
     *
     * @param content the SHA-256 of its content
     */
    void add(Headers headers, byte[] content) {
        FrameDigest fields = new FrameDigest();
        headers.asMap()
                .forEach((name, values) -> fields.text(name.toLowerCase(Locale.ROOT))
                        .text(values.stream().map(String::strip).collect(Collectors.joining(", "))));
        parts.bytes(fields.end()).bytes(content);
    }

    byte[] end() {
        return parts.end();
    }
}
