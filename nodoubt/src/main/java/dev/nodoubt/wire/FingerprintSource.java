package dev.nodoubt.wire;

import dev.nodoubt.gate.Fingerprints;
import java.io.IOException;

/** Reads a request's body for its fingerprints, such as {@link RequestFingerprints#of}. */
@FunctionalInterface
public interface FingerprintSource {

    /**
     * The fingerprints of the request.
     *
     * @throws BodyTooLargeException when the body is larger than the settings take
     * @throws IOException when the body cannot be read
     */
    Fingerprints read(FingerprintSettings settings) throws IOException;
}
