package dev.nodoubt.call;

import dev.nodoubt.Backoff;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How calls to one called system are protected, repeated and brought to an outcome. Immutable.
 *
 * @param name configured name, as in {@link Request}
 * @param capability what it offers to end a doubt; a nodoubt receiver by default
 * @param bulkhead how much of this process it may use
 * @param backoff waits between attempts of one call
 * @param breaker when to stop attempting for a while
 * @param resolutions how many attempts that reach it to learn or end an outcome may fail before a call becomes
 *     unresolved, at least 1; 100 by default
 * @param stopOn ends of a call after which the next one of its order key is not attempted until a person lets it go on:
 *     of {@code REJECTED}, {@code NEVER} and {@code UNRESOLVED}; the last by default
 */
public record Target(
        String name,
        Capability capability,
        Bulkhead bulkhead,
        Backoff backoff,
        Breaker breaker,
        int resolutions,
        Set<CallState> stopOn) {

    private static final Set<CallState> STOPS = Set.of(CallState.REJECTED, CallState.NEVER, CallState.UNRESOLVED);

    public Target {
        stopOn = Set.copyOf(stopOn);
        if (resolutions < 1) {
            throw new IllegalArgumentException("target " + name + ": resolutions must be >= 1, was " + resolutions);
        }
        if (!STOPS.containsAll(stopOn)) {
            throw new IllegalArgumentException(
                    "target " + name + ": stopOn must be of REJECTED, NEVER and UNRESOLVED, was " + stopOn);
        }
    }

    /** A nodoubt receiver with every default. */
    public static Target of(String name) {
        return new Target(
                name,
                new Capability.Gate(),
                Bulkhead.DEFAULT,
                Backoff.DEFAULT,
                Breaker.DEFAULT,
                100,
                Set.of(CallState.UNRESOLVED));
    }

    public Target withCapability(Capability newCapability) {
        return new Target(name, newCapability, bulkhead, backoff, breaker, resolutions, stopOn);
    }

    public Target withBulkhead(Bulkhead newBulkhead) {
        return new Target(name, capability, newBulkhead, backoff, breaker, resolutions, stopOn);
    }

    public Target withBackoff(Backoff newBackoff) {
        return new Target(name, capability, bulkhead, newBackoff, breaker, resolutions, stopOn);
    }

    public Target withBreaker(Breaker newBreaker) {
        return new Target(name, capability, bulkhead, backoff, newBreaker, resolutions, stopOn);
    }

    public Target withResolutions(int newResolutions) {
        return new Target(name, capability, bulkhead, backoff, breaker, newResolutions, stopOn);
    }

    public Target withStopOn(Set<CallState> newStopOn) {
        return new Target(name, capability, bulkhead, backoff, breaker, resolutions, newStopOn);
    }

    /**
     * How much of this process a target may use.
     *
     * @param permits how many attempts may be under way at once, 1 to 10,000; 16 by default
     * @param rate the most attempts that begin in a second, more than zero; null for no limit, the default
     */
    public record Bulkhead(int permits, @Nullable Double rate) {

        public static final Bulkhead DEFAULT = new Bulkhead(16, null);

        public Bulkhead {
            if (permits < 1 || permits > 10_000) {
                throw new IllegalArgumentException("bulkhead: permits must be 1 to 10000, was " + permits);
            }
            if (rate != null && !(rate > 0)) {
                throw new IllegalArgumentException("bulkhead: rate must be > 0 attempts a second, was " + rate);
            }
        }
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
