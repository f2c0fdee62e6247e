package dev.nodoubt.gate;

import dev.nodoubt.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of one request: the one that a new row stores, and the same request under the rule of a row that
 * stands already. An implementation may compute on demand and remember; it belongs to one thread.
 */
public interface Fingerprints {

    /** What a new row stores. */
    Fingerprint chosen();

    /**
     * This request under a stored row's rule.
     *
     * @param version a {@link Fingerprint#version()}
     * @return null when this node does not know the rule ({@link Fingerprint.Rule#of} tells), or when the request has no
     *     such form: then it is not the request that the row was stored for
     * @throws java.io.UncheckedIOException when the body cannot be read
     */
    @Nullable
    Fingerprint by(int version);

    /** Of a body in memory, under {@link Fingerprint.Rule#RAW} only. */
    static Fingerprints raw(String method, String path, Payload body) {
        return new RawFingerprints(Fingerprint.raw(method, path, body));
    }
}
