package dev.nodoubt.gate;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The accept window (protocol, section 2): {@code now − window ≤ key time ≤ now + skew}. A clock decides it, so it says
 * nothing beyond this attempt.
 *
 * <p>A version 7 UUID carries its time; any other key needs the time at which it was first sent, because the horizon
 * compares it.
 */
record KeyRules(GateSettings.Keys keys) {

    KeyVerdict judge(IdempotencyKey key, @Nullable Instant firstSent, Instant now) {
        Instant time = time(key, firstSent);
        if (time == null) {
            return keys.foreign() == GateSettings.ForeignKeys.ACCEPT_UNBOUNDED
                    ? new KeyVerdict.Acceptable(null)
                    : new KeyVerdict.Unacceptable(
                            "the idempotency key must be a version 7 UUID (RFC 9562), whose time bounds how long its record"
                                    + " is kept, or come with the time at which it was first sent; make one for each call,"
                                    + " and keep it for the call's repetitions");
        }
        if (time.isAfter(now.plus(keys.skew()))) {
            return new KeyVerdict.Unacceptable("the idempotency key's time must be at most " + keys.skew()
                    + " ahead of the receiver's clock, is " + Duration.between(now, time)
                    + " ahead; set the caller's clock");
        }
        return time.isBefore(now.minus(keys.window())) ? new KeyVerdict.TooOld(time) : new KeyVerdict.Acceptable(time);
    }

    /** Null of a foreign key without a time. */
    static @Nullable Instant time(IdempotencyKey key, @Nullable Instant firstSent) {
        return key.time().orElse(firstSent);
    }
}
