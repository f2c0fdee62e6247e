package dev.nodoubt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The unique ID under which a call is repeated until its outcome is known.
 *
 * <p>Keys made here are version 7 UUIDs (RFC 9562, section 5.7), whose first 48 bits are the millisecond of creation.
 * Foreign keys are 16 to 255 visible ASCII characters. UUIDs are compared in lower case, everything else byte by byte.
 * A key is a secret of caller and receiver: {@code toString} and {@link #digest()} show the first 8 hex digits of its
 * SHA-256.
 */
public final class IdempotencyKey {

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{16,255}");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final String value;
    private final @Nullable UUID uuid;

    private IdempotencyKey(String value, @Nullable UUID uuid) {
        this.value = value;
        this.uuid = uuid;
    }

    /** A new version 7 UUID made at this time. */
    public static IdempotencyKey create(Instant now) {
        UUID random = UUID.randomUUID(); // of which the variant's half and twelve bits are taken
        long high = (now.toEpochMilli() << 16) | 0x7000L | (random.getMostSignificantBits() & 0xfffL);
        return of(new UUID(high, random.getLeastSignificantBits()));
    }

    public static IdempotencyKey of(UUID uuid) {
        return new IdempotencyKey(uuid.toString(), uuid);
    }

    /**
     * A key as it came from elsewhere.
     *
     * @throws IllegalArgumentException when the value is not 16 to 255 visible ASCII characters; the message does not
     *     repeat the value
     */
    public static IdempotencyKey of(String value) {
        if (!VISIBLE_ASCII.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "idempotency key must be 16 to 255 visible ASCII characters, has " + value.length() + " characters"
                            + (value.length() < 16 || value.length() > 255 ? "" : ", some of them not visible ASCII"));
        }
        return UUID_FORM.matcher(value).matches() ? of(UUID.fromString(value)) : new IdempotencyKey(value, null);
    }

    /** The key as it goes into the header. Not for logs. */
    public String value() {
        return value;
    }

    /** The key as a UUID, when it has that form. */
    public Optional<UUID> uuid() {
        return Optional.ofNullable(uuid);
    }

    /** When the key was made, in milliseconds: of version 7 UUIDs only. */
    public Optional<Instant> time() {
        return uuid().filter(u -> u.version() == 7 && u.variant() == 2)
                .map(u -> Instant.ofEpochMilli(u.getMostSignificantBits() >>> 16));
    }

    /** The first 8 hex digits of the key's SHA-256: how logs, metrics and messages name it. */
    public String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return digest();
    }
}
