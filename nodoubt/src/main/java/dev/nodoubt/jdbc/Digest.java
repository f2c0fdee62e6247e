package dev.nodoubt.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every JDK has. */
final class Digest {

    /** Never updated, only copied: to look for one each time costs as much as the digest of a small body. */
    private static final MessageDigest UNUSED = unused();

    private Digest() {}

    /** Of several texts, each behind its length, so that no two lists have the same bytes. */
    static byte[] framed(String... texts) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            frames.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            frames.writeBytes(bytes);
        }
        return sha256(frames.toByteArray());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return ((MessageDigest) UNUSED.clone()).digest(bytes);
        } catch (CloneNotSupportedException e) {
            return unused().digest(bytes);
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
