package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.call.TargetStatus.BreakerState;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target's circuit breaker: Resilience4j's, driven by the relay's monotonic clock. */
final class TargetBreaker {

    private static final Logger log = LoggerFactory.getLogger(TargetBreaker.class);

    private final CircuitBreaker breaker;
    private final LongSupplier nanoTime;
    private final Duration open;
    private volatile long openedAt;

    /** @param told hears for how long it opened, and zero when it closed */
    TargetBreaker(String target, Target.Breaker settings, LongSupplier nanoTime, Consumer<Duration> told) {
        this.nanoTime = nanoTime;
        this.open = settings.open();
        this.breaker = CircuitBreaker.of(
                target,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(settings.window())
                        .minimumNumberOfCalls((settings.window() + 1) / 2) // half of them failed: enough to know
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(settings.open())
                        .permittedNumberOfCallsInHalfOpenState(settings.probes())
                        .clock(new Monotonic(nanoTime))
                        .currentTimestampFunction(clock -> nanoTime.getAsLong(), TimeUnit.NANOSECONDS)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            openedAt = nanoTime.getAsLong();
            log.warn(
                    "ND-0108 the circuit breaker of target {} is now {}{}",
                    target,
                    event.getStateTransition().getToState(),
                    state() == BreakerState.OPEN ? ": no attempt for " + open : "");
            switch (event.getStateTransition().getToState()) {
                case OPEN -> told.accept(open);
                case CLOSED -> told.accept(Duration.ZERO);
                default -> {}
            }
        });
    }

    /** Whether one more attempt may start; the attempt must then be reported by {@link #record}. */
    boolean tryAcquire() {
        return breaker.tryAcquirePermission();
    }

    /** Gives back a permission that was not used. */
    void release() {
        breaker.releasePermission();
    }

    /** A receiver that answers with sense is well, whatever it answers; silence, refusal and 5xx are failures. */
    void record(AttemptResult result, long tookNanos) {
        boolean failed = !(result instanceof Answer)
                || result instanceof Answer.Unknown
                || (result instanceof Answer.NotExecuted refused
                        && refused.reply().status() >= 500);
        if (failed) {
            breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new AttemptFailed());
        } else {
            breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Whether time alone brings its next change. */
    boolean isOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    boolean isClosed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    BreakerState state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> remaining().isZero() ? BreakerState.HALF_OPEN : BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            default -> BreakerState.CLOSED;
        };
    }

    /** Until the open breaker lets probes through; zero when it is not open. */
    Duration remaining() {
        if (breaker.getState() != CircuitBreaker.State.OPEN) {
            return Duration.ZERO;
        }
        Duration left = open.minusNanos(nanoTime.getAsLong() - openedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The breaker wants a throwable and looks at its type only. */
    private static final class AttemptFailed extends RuntimeException {
        AttemptFailed() {
            super("attempt failed", null, false, false);
        }
    }

    private static final class Monotonic extends Clock {
        private final LongSupplier nanoTime;

        Monotonic(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoTime.getAsLong());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
