package dev.nodoubt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Exact bytes and their media type. Immutable; {@code toString} tells the size and never the content.
 *
 * <p>The library moves bytes: turning objects into them belongs to the application.
 */
public final class Payload {

    /** No bytes, no media type. */
    public static final Payload EMPTY = new Payload(new byte[0], "");

    private final byte[] bytes;
    private final String mediaType;

    private Payload(byte[] bytes, String mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
    }

    /**
     * These bytes under this media type.
     *
     * @param bytes copied
     * @param mediaType as in {@code Content-Type}, parameters allowed; empty when there is none
     */
    public static Payload of(byte[] bytes, String mediaType) {
        Objects.requireNonNull(mediaType, "mediaType");
        for (int i = 0; i < mediaType.length(); i++) {
            if (mediaType.charAt(i) < ' ' || mediaType.charAt(i) > '~') {
                throw new IllegalArgumentException("payload: mediaType must be visible ASCII, has U+"
                        + String.format("%04X", (int) mediaType.charAt(i)) + " at " + i);
            }
        }
        return bytes.length == 0 && mediaType.isEmpty() ? EMPTY : new Payload(bytes.clone(), mediaType);
    }

    /** UTF-8 JSON text as {@code application/json}. */
    public static Payload json(String json) {
        return new Payload(json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes as UTF-8 text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public int size() {
        return bytes.length;
    }

    /** As in {@code Content-Type}; empty when there is none. */
    public String mediaType() {
        return mediaType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes) && mediaType.equals(that.mediaType);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + mediaType.hashCode();
    }

    @Override
    public String toString() {
        return bytes.length + " bytes" + (mediaType.isEmpty() ? "" : " of " + mediaType);
    }
}
