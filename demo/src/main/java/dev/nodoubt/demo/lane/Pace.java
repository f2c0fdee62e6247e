package dev.nodoubt.demo.lane;

import java.time.Duration;

/**
 * The limits of every lane's calls.
 *
 * @param connect connect timeout
 * @param response response timeout: until the answer is there
 * @param backoffFirst the wait after the first attempt; it doubles with each
 * @param backoffCap the longest wait
 * @param breakerWindow over how many attempts a breaker counts failures; only the nodoubt lane has one, and over a few
 *     attempts a network that fails a quarter of them looks dead now and then
 * @param breakerOpen how long it stays open
 */
public record Pace(
        Duration connect,
        Duration response,
        Duration backoffFirst,
        Duration backoffCap,
        int breakerWindow,
        Duration breakerOpen) {

    /** What the library takes if nobody says otherwise. */
    public static final Pace DEFAULT = new Pace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(16),
            20,
            Duration.ofSeconds(30));

    /** What the demo takes, so that a thousand transfers with all their doubts end within minutes. */
    public static final Pace SHORTENED = new Pace(
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(200),
            Duration.ofMillis(1600),
            100,
            Duration.ofSeconds(2));

    /** What the lab takes, so that a person can follow. */
    public static final Pace WATCHED = new Pace(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            100,
            Duration.ofSeconds(2));

    /** The wait after this attempt, counted from 1. */
    Duration backoff(int attempt) {
        Duration wait = backoffFirst.multipliedBy(1L << Math.min(attempt - 1, 20));
        return wait.compareTo(backoffCap) < 0 ? wait : backoffCap;
    }
}
