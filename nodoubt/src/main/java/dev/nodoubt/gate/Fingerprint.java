package dev.nodoubt.gate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a request was, in 32 bytes: a key used again for another request is told from a repetition by it (protocol,
 * section 5). Immutable.
 *
 * <p>Version 1 is SHA-256 over the length-framed tag {@code nd1}, method, path with query, media type without
 * parameters, and body. The frames keep the end of one field from passing for the beginning of the next.
 */
public final class Fingerprint {

    /** The version that {@link #of} makes. */
    public static final int VERSION = 1;

    private static final int SHA_256_LENGTH = 32;
    private static final String TAG = "nd1";

    private final int version;
    private final byte[] hash;

    private Fingerprint(int version, byte[] hash) {
        this.version = version;
        this.hash = hash;
    }

    /** The fingerprint of this request, in the newest version. */
    public static Fingerprint of(GateRequest request) {
        MessageDigest digest = sha256();
        frame(digest, TAG);
        frame(digest, request.method());
        frame(digest, request.path());
        frame(digest, withoutParameters(request.body().mediaType()));
        frame(digest, request.body().bytes());
        return new Fingerprint(VERSION, digest.digest());
    }

    /**
     * A fingerprint as it was stored.
     *
     * @param version at least 1; may be newer than {@link #VERSION}
     * @param hash 32 bytes, copied
     */
    public static Fingerprint stored(int version, byte[] hash) {
        if (version < 1 || hash.length != SHA_256_LENGTH) {
            throw new IllegalArgumentException("fingerprint: must have version >= 1 and " + SHA_256_LENGTH
                    + " bytes, had version " + version + " and " + hash.length + " bytes");
        }
        return new Fingerprint(version, hash.clone());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void frame(MessageDigest digest, String text) {
        frame(digest, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void frame(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        digest.update(bytes);
    }

    private static String withoutParameters(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    public int version() {
        return version;
    }

    /** A copy of the 32 bytes. */
    public byte[] hash() {
        return hash.clone();
    }

    /** Whether this node knows the rule of this version: during a rolling deployment a newer node may have stored it. */
    boolean known() {
        return version == VERSION;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && version == that.version && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "nd" + version + ":" + HexFormat.of().formatHex(hash, 0, 4);
    }
}
