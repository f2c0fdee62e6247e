package dev.nodoubt.test.conformance;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * An idempotency key.
 *
 * @param value without quotes
 * @param firstSent the value of {@code Nodoubt-First-Sent}; empty for keys that carry their own time
 */
record Key(String value, String firstSent) {

    private static final Random RANDOM = new SecureRandom();
    private static final String SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz";

    /** A version 7 UUID (RFC 9562) made at this time. */
    static Key madeAt(Instant time) {
        long high = (time.toEpochMilli() << 16) | 0x7000L | (RANDOM.nextLong() & 0xfffL);
        long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new Key(new UUID(high, low).toString(), "");
    }

    /** So many letters and digits, first sent at this time. */
    static Key foreign(int length, Instant firstSent) {
        StringBuilder value = new StringBuilder("k");
        while (value.length() < length) {
            value.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
        }
        return new Key(value.toString(), at(firstSent));
    }

    static String at(Instant time) {
        return "@" + time.getEpochSecond();
    }

    Key firstSentAt(Instant time) {
        return new Key(value, at(time));
    }

    /** As a structured-field String (RFC 9651, section 3.3.3). */
    String quoted() {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
