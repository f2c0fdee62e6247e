package dev.nodoubt.gate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over length-framed fields: each is preceded by its length in 8 big-endian bytes, so that the end of one field
 * never passes for the beginning of the next (protocol, section 5). Fields are read as streams, so that none has to be
 * in memory. Not thread-safe; used for one digest.
 */
public final class FrameDigest {

    private static final int CHUNK = 8192;

    private final MessageDigest digest = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A field of UTF-8 text. */
    public FrameDigest text(String field) {
        return bytes(field.getBytes(StandardCharsets.UTF_8));
    }

    public FrameDigest bytes(byte[] field) {
        length(field.length);
        digest.update(field);
        return this;
    }

    /**
     * A field that is read to its end.
     *
     * @param field not closed here
     * @param length what it holds, in bytes
     * @throws IOException when it cannot be read, or holds less or more; this digest is of no use then
     */
    public FrameDigest stream(InputStream field, long length) throws IOException {
        length(length);
        byte[] chunk = new byte[CHUNK];
        long left = length;
        for (int count = field.read(chunk); count >= 0; count = field.read(chunk)) {
            left -= count;
            if (left < 0) {
                throw new IOException("a body of " + length + " bytes goes on after them");
            }
            digest.update(chunk, 0, count);
        }
        if (left > 0) {
            throw new EOFException("a body of " + length + " bytes ended after " + (length - left));
        }
        return this;
    }

    private void length(long length) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    }

    /** The 32 bytes. */
    public byte[] end() {
        return digest.digest();
    }
}
