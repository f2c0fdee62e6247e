package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one crossing of the network brought, and how long its parts took.
 *
 * @param result what it taught
 * @param phases null where the transport does not measure them
 */
public record Crossing(AttemptResult result, @Nullable Phases phases) {

    public static Crossing of(AttemptResult result) {
        return new Crossing(result, null);
    }

    /**
     * The parts of an attempt; one that was not reached is zero.
     *
     * @param waited for credentials and a free connection
     * @param connected name resolution, connect and TLS handshake
     * @param answered from the first byte sent to the end of the answer, or to giving it up
     */
    public record Phases(Duration waited, Duration connected, Duration answered) {}
}
