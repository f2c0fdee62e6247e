package dev.nodoubt.gate;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one persisted row about all keys (protocol, section 9).
 *
 * @param keyTime at or below which no key without a row executes any more; monotone, the epoch while nothing was purged
 * @param bodiesUntil the bodies of keys at or below it are erased
 * @param incarnation raised whenever the store was rewound: by a restored backup, or a failover that lost commits
 */
public record Horizon(Instant keyTime, Instant bodiesUntil, long incarnation) {

    public Horizon {
        Objects.requireNonNull(keyTime, "keyTime");
        Objects.requireNonNull(bodiesUntil, "bodiesUntil");
    }

    /** Whether a horizon refuses a key of this time; a key without a time is never refused. */
    static boolean covers(Instant horizon, @Nullable Instant keyTime) {
        return keyTime != null && !keyTime.isAfter(horizon);
    }
}
