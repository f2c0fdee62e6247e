package dev.nodoubt.gate;

import java.time.Duration;

/**
 * The bounds of a gate.
 *
 * @param window how old a key may be at its first execution, 1 minute to 365 days; default 14 days
 * @param skew how far a key's time may lie ahead of this receiver's clock, 0 to 1 day; default 5 minutes
 * @param lockWait how long the gate's own statements wait for a lock, 1 ms to 2 s; default 500 ms. The handler's
 *     statements keep what the session had
 * @param transactionLimit how long one gated transaction may last before the database ends it, 1 s to 1 h; default 60 s
 * @param bodyLimit the largest request body that is gated, in bytes, at least 1; default 1 MiB
 * @param replyLimit the largest reply body that is kept, in bytes, at least 0; default 256 KiB. A larger one commits
 *     and is sent once; its replays say {@code Nodoubt-Body: omitted}
 * @param bareKeys whether {@code Idempotency-Key} may come without its quotes; default true, because several widely
 *     used senders leave them out, and a key without quotes cannot be mistaken for another one
 */
public record GateSettings(
        Duration window,
        Duration skew,
        Duration lockWait,
        Duration transactionLimit,
        int bodyLimit,
        int replyLimit,
        boolean bareKeys) {

    public static final GateSettings DEFAULT = new GateSettings(
            Duration.ofDays(14),
            Duration.ofMinutes(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            1024 * 1024,
            256 * 1024,
            true);

    public GateSettings {
        within("window", window, Duration.ofMinutes(1), Duration.ofDays(365));
        within("skew", skew, Duration.ZERO, Duration.ofDays(1));
        within("lockWait", lockWait, Duration.ofMillis(1), Duration.ofSeconds(2));
        within("transactionLimit", transactionLimit, Duration.ofSeconds(1), Duration.ofHours(1));
        if (bodyLimit < 1) {
            throw new IllegalArgumentException("gate: bodyLimit must be >= 1 byte, was " + bodyLimit);
        }
        if (replyLimit < 0) {
            throw new IllegalArgumentException("gate: replyLimit must be >= 0 bytes, was " + replyLimit);
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "gate: " + name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
