package dev.nodoubt.test.conformance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Parts of the protocol that a receiver may have or not. */
public enum Feature implements Need {
    /** The operation refuses requests without a key. */
    KEY_REQUIRED(true),
    /** {@code Prefer: wait}: a duplicate waits for the replay. */
    PREFER_WAIT(true),
    /** Keys that are no version 7 UUIDs, with {@code Nodoubt-First-Sent}. */
    FOREIGN_KEYS(true),
    /** {@code Idempotency-Expires} on executions and replays. */
    EXPIRES(true),
    /** {@code Nodoubt-Incarnation} on answers. */
    INCARNATION(true),
    /** {@code Content-Encoding: gzip} of requests. */
    COMPRESSION(true),
    /** Orders as {@code multipart/form-data}, the JSON in a part named {@code order}. */
    MULTIPART(false),
    /** JSON bodies are compared in their canonical form (RFC 8785), not byte by byte. */
    CANONICAL_JSON(false),
    /** The test operation knows {@link Behaviour#BREAK}. */
    BREAK(false),
    /** The test operation knows {@link Behaviour#REFUSE}. */
    REFUSE(false);

    private final boolean expected;

    Feature(boolean expected) {
        this.expected = expected;
    }

    /** Whether a receiver is taken to have it unless one says otherwise. */
    boolean expected() {
        return expected;
    }

    /** As options name it: {@code prefer-wait}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Feature> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    @Override
    public String phrase() {
        return expected ? "the feature " + word() + ", which --without took away" : "--with " + word();
    }
}
