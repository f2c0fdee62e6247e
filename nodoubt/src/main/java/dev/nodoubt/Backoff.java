package dev.nodoubt;

import java.time.Duration;

/**
 * Exponential backoff: the wait after the n-th attempt is {@code first * 2^(n-1)}, at most {@code cap}, spread by {@code
 * jitter}. The jitter is drawn from the key and the attempt's number, so that the wait is a pure function and calls that
 * failed together do not return together.
 *
 * @param first the wait after the first attempt, more than zero; 2 s by default
 * @param cap the longest wait before jitter, at least {@code first}; 16 s by default
 * @param jitter fraction of the wait by which it may be shorter or longer, 0 to 0.5; 0.1 by default
 */
public record Backoff(Duration first, Duration cap, double jitter) {

    /** 2, 4, 8, 16, 16, … seconds, each ± 10 %. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(16), 0.1);

    public Backoff {
        if (first.isNegative() || first.isZero()) {
            throw new IllegalArgumentException("backoff: first must be > 0, was " + first);
        }
        if (cap.compareTo(first) < 0 || cap.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "backoff: cap must be at least first (" + first + ") and at most PT1H, was " + cap);
        }
        if (!(jitter >= 0 && jitter <= 0.5)) {
            throw new IllegalArgumentException("backoff: jitter must be 0 to 0.5, was " + jitter);
        }
    }

    /** The wait after this attempt of this call. */
    public Duration after(IdempotencyKey key, int attempts) {
        int doublings = Math.min(Math.max(attempts, 1) - 1, 30);
        double plain = Math.min(first.toNanos() * Math.pow(2, doublings), (double) cap.toNanos());
        return Duration.ofNanos((long) (plain * (1 + jitter * (2 * fraction(key, attempts) - 1))));
    }

    /** A number in [0, 1) that looks random and depends on key and attempt only (the finalizer of SplitMix64). */
    private static double fraction(IdempotencyKey key, int attempts) {
        long z = key.hashCode() * 0x9E3779B97F4A7C15L + attempts;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
