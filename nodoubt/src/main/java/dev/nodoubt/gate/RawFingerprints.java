package dev.nodoubt.gate;

import org.jspecify.annotations.Nullable;

/** A request that is compared by its bytes. */
record RawFingerprints(Fingerprint chosen) implements Fingerprints {

    @Override
    public @Nullable Fingerprint by(int version) {
        return version == chosen.version() ? chosen : null;
    }
}
