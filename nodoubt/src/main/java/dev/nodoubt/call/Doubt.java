package dev.nodoubt.call;

import java.time.Instant;

/**
 * That a call was possibly sent, and what was learnt since. Only the machine changes it.
 *
 * @param since when a request that may have arrived was first sent, by the store's clock; where that is not known, the
 *     earliest time it can have been
 * @param resolutions attempts since then that reached the target to learn or end the call's outcome, without success
 * @param ungated whether the target answered without its gate: then what the gate says of "did not happen" proves
 *     nothing for this call
 */
public record Doubt(Instant since, int resolutions, boolean ungated) {

    public Doubt {
        if (resolutions < 0) {
            throw new IllegalArgumentException("doubt: resolutions must be >= 0, was " + resolutions);
        }
    }

    static Doubt since(Instant sent) {
        return new Doubt(sent, 0, false);
    }

    Doubt asked() {
        return new Doubt(since, resolutions + 1, ungated);
    }

    Doubt withoutGate() {
        return new Doubt(since, resolutions, true);
    }
}
