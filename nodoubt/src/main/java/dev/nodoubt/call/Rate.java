package dev.nodoubt.call;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts may begin in a second: a token bucket, which fills evenly and holds a tenth of a second's tokens, at
 * least one. Lives on the loop.
 */
final class Rate {

    private final LongSupplier nanoTime;
    private final double perNano;
    private final double most;
    private double tokens;
    private long filledAt;

    /** @param perSecond null for no limit */
    Rate(@Nullable Double perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perNano = perSecond == null ? Double.POSITIVE_INFINITY : perSecond / 1e9;
        this.most = perSecond == null ? Double.POSITIVE_INFINITY : Math.max(1, perSecond / 10);
        this.tokens = most;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Until one more may begin; zero when it may now. */
    Duration untilNext() {
        if (Double.isInfinite(perNano)) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        tokens = Math.min(most, tokens + (now - filledAt) * perNano);
        filledAt = now;
        return tokens >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - tokens) / perNano));
    }

    /** One begins. */
    void take() {
        tokens -= 1;
    }
}
