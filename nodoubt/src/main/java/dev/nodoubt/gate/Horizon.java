package dev.nodoubt.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The persisted, monotone time at or below which no key without a row executes any more (protocol, section 9). */
final class Horizon {

    private Horizon() {}

    /** Whether the horizon, null while nothing was ever purged, refuses a key of this time. */
    static boolean covers(@Nullable Instant horizon, Instant keyTime) {
        return horizon != null && !keyTime.isAfter(horizon);
    }
}
