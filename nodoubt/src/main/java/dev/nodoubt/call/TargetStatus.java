package dev.nodoubt.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A target as its relay sees it at this instant.
 *
 * @param name configured name
 * @param breaker the circuit breaker's state
 * @param breakerRemaining time until the open breaker lets probes through; zero when it is not open
 * @param inFlight attempts under way
 * @param permits the most that may be
 * @param held calls that this node holds in memory and that are not under way
 * @param problem why the target is paused, in one line; null when it is not
 */
public record TargetStatus(
        String name,
        BreakerState breaker,
        Duration breakerRemaining,
        int inFlight,
        int permits,
        int held,
        @Nullable String problem) {

    /** The states of a circuit breaker. */
    public enum BreakerState {
        CLOSED,
        OPEN,
        HALF_OPEN
    }
}
