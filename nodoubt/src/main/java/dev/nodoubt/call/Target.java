package dev.nodoubt.call;

import dev.nodoubt.Backoff;
import java.time.Duration;

/**
 * How calls to one called system are protected and repeated. Immutable.
 *
 * @param name configured name, as in {@link Request}
 * @param permits the bulkhead: how many attempts may be under way at once, 1 to 10,000; 16 by default
 * @param backoff waits between attempts of one call
 * @param breaker when to stop attempting for a while
 */
public record Target(String name, int permits, Backoff backoff, Breaker breaker) {

    public Target {
        if (permits < 1 || permits > 10_000) {
            throw new IllegalArgumentException("target " + name + ": permits must be 1 to 10000, was " + permits);
        }
    }

    /** A target with every default. */
    public static Target of(String name) {
        return new Target(name, 16, Backoff.DEFAULT, Breaker.DEFAULT);
    }

    /**
     * The circuit breaker's settings: it opens when half of the last attempts failed, stays open for a time, then lets a
     * few probes through.
     *
     * @param window over how many of the last attempts failures are counted, 2 to 10,000; 20 by default
     * @param open how long it stays open, more than zero; 30 s by default
     * @param probes attempts let through after that, 1 to {@code window}; 3 by default
     */
    public record Breaker(int window, Duration open, int probes) {

        public static final Breaker DEFAULT = new Breaker(20, Duration.ofSeconds(30), 3);

        public Breaker {
            if (window < 2 || window > 10_000) {
                throw new IllegalArgumentException("breaker: window must be 2 to 10000, was " + window);
            }
            if (open.isNegative() || open.isZero()) {
                throw new IllegalArgumentException("breaker: open must be > 0, was " + open);
            }
            if (probes < 1 || probes > window) {
                throw new IllegalArgumentException(
                        "breaker: probes must be 1 to window (" + window + "), was " + probes);
            }
        }
    }
}
