package dev.nodoubt.test.conformance;

import java.nio.charset.StandardCharsets;

/** A request's body and its media type. Immutable. */
public final class Body {

    private final byte[] bytes;
    private final String mediaType;

    private Body(byte[] bytes, String mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
    }

    /**
     * These bytes under this media type.
     *
     * @param bytes copied
     * @param mediaType as in {@code Content-Type}, parameters allowed
     */
    public static Body of(byte[] bytes, String mediaType) {
        return new Body(bytes.clone(), mediaType);
    }

    /** UTF-8 JSON text as {@code application/json}. */
    public static Body json(String json) {
        return new Body(json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** As in {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** The bytes as UTF-8 text. */
    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes of " + mediaType;
    }
}
