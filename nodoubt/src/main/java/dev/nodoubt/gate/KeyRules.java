package dev.nodoubt.gate;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The accept window (protocol, section 2): {@code now − window ≤ key time ≤ now + skew}. A clock decides it, so it says
 * nothing beyond this attempt.
 *
 * <p>Only version 7 UUIDs carry the time that the horizon needs. A key of another form is refused: without a time its
 * row could never be purged.
 *
 * @param window how old a key may be
 * @param skew how far its time may lie ahead
 */
record KeyRules(Duration window, Duration skew) {

    KeyVerdict judge(IdempotencyKey key, Instant now) {
        Optional<Instant> time = key.time();
        if (time.isEmpty()) {
            return new KeyVerdict.Unacceptable(
                    "the idempotency key must be a version 7 UUID (RFC 9562), whose time bounds "
                            + "how long its record is kept; make one for each call, and keep it for the call's repetitions");
        }
        if (time.get().isAfter(now.plus(skew))) {
            return new KeyVerdict.Unacceptable("the idempotency key's time must be at most " + skew
                    + " ahead of the receiver's clock, is " + Duration.between(now, time.get())
                    + " ahead; set the caller's clock");
        }
        return time.get().isBefore(now.minus(window))
                ? new KeyVerdict.TooOld(time.get())
                : new KeyVerdict.Acceptable(time.get());
    }
}
