package dev.nodoubt.gate;

import dev.nodoubt.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request was, in 32 bytes: a key used again for another request is told from a repetition by it (protocol,
 * section 5). Immutable.
 *
 * <p>SHA-256 over length-framed fields ({@link FrameDigest}): the tag {@code nd1}; the rule's name, unless the rule is
 * {@link Rule#RAW}; method; path with query; media type without parameters; name and value of each configured header
 * that the request has; and the body as the rule sees it. Two fingerprints are compared under one rule only.
 */
public final class Fingerprint {

    /** The newest version that this node knows. */
    public static final int VERSION = Rule.values().length;

    private static final int SHA_256_LENGTH = 32;
    private static final String TAG = "nd1";

    private final int version;
    private final byte[] hash;

    private Fingerprint(int version, byte[] hash) {
        this.version = version;
        this.hash = hash;
    }

    /** How a body is seen. Its number is stored with the fingerprint, and never changes its meaning. */
    public enum Rule {
        /** By its bytes, after Content-Encoding. */
        RAW(1, ""),
        /** By its JSON value: the order of members, white space and the spelling of a value do not count. */
        CANONICAL_JSON(2, "json/rfc8785"),
        /** By its parts in their order: the boundary, and the order of a part's headers, do not count. */
        MULTIPART(3, "multipart/parts");

        private final int number;
        private final String title;

        /**
         * A rule.
         *
         * @param title framed before the method; with a slash, which no method has
         */
        Rule(int number, String title) {
            this.number = number;
            this.title = title;
        }

        /** What {@link Fingerprint#version()} says of a fingerprint under this rule. */
        public int number() {
            return number;
        }

        /** The rule of a stored version; empty when a newer node stored it. */
        public static Optional<Rule> of(int version) {
            return Arrays.stream(values())
                    .filter(rule -> rule.number == version)
                    .findFirst();
        }
    }

    /**
     * The fingerprint of a request by its bytes, no header counting.
     *
     * @param path path and query, as received
     */
    public static Fingerprint raw(String method, String path, Payload body) {
        return builder(Rule.RAW, method, path, body.mediaType()).body(body.bytes());
    }

    /**
     * Begins a fingerprint: then come the headers that count, then the body.
     *
     * @param path path and query, as received
     * @param mediaType as in {@code Content-Type}; its parameters and case do not count
     */
    public static Builder builder(Rule rule, String method, String path, String mediaType) {
        return new Builder(rule).field(method).field(path).field(withoutParameters(mediaType));
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
        return Rule.of(version).isPresent();
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

    /** A fingerprint in the making, for one thread; of no use after its body, or after an exception. */
    public static final class Builder {

        private final Rule rule;
        private final FrameDigest digest = new FrameDigest().text(TAG);

        private Builder(Rule rule) {
            this.rule = rule;
            if (rule != Rule.RAW) {
                digest.text(rule.title);
            }
        }

        private Builder field(String field) {
            digest.text(field);
            return this;
        }

        /**
         * A header that counts. Its lines count as one, joined by a comma and a space (RFC 9110, section 5.3), because a
         * proxy may join them. To be called in the order of the names in lower case.
         *
         * @param values none when the request does not have it, which adds nothing
         */
        public Builder header(String name, List<String> values) {
            return values.isEmpty()
                    ? this
                    : field(name.toLowerCase(Locale.ROOT))
                            .field(values.stream().map(String::strip).collect(Collectors.joining(", ")));
        }

        /**
         * Says that the body is still coded; to be called at most once, after the headers. A coded body never equals a
         * plain one, because a header adds two fields and this adds one.
         *
         * @param codings as in {@code Content-Encoding}, in lower case
         */
        public Builder coded(String codings) {
            return field(codings);
        }

        /** The fingerprint with this body, as the rule sees it. */
        public Fingerprint body(byte[] body) {
            return new Fingerprint(rule.number, digest.bytes(body).end());
        }

        /**
         * The fingerprint with this body, as the rule sees it.
         *
         * @param body read to its end, not closed here
         * @param size in bytes
         * @throws IOException when the body cannot be read, or has another size
         */
        public Fingerprint body(InputStream body, long size) throws IOException {
            return new Fingerprint(rule.number, digest.stream(body, size).end());
        }
    }
}
