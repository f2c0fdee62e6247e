package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether one more attempt may begin at a target: a permit of the bulkhead is free, the rate allows it, and the circuit
 * breaker, this node's or another's, lets it through. Lives on the loop.
 */
final class Protection {

    private final Target target;
    private final TargetBreaker breaker;
    private final Rate rate;
    private @Nullable Instant heldOffUntil;
    private volatile boolean paused;
    private int inFlight;

    /** @param told hears for how long nothing is to be attempted after the breaker opened, and zero when it closed */
    Protection(Target target, Loop loop, Consumer<Duration> told) {
        this.target = target;
        this.breaker = new TargetBreaker(target.name(), target.breaker(), loop::nanoTime, told);
        this.rate = new Rate(target.bulkhead().rate(), loop::nanoTime);
    }

    boolean hasPermit() {
        return inFlight < target.bulkhead().permits();
    }

    /**
     * Takes the permission of breaker and rate for one attempt; where there is none, says after what time one may come,
     * zero where the end of an attempt, or an operator, brings it.
     */
    Optional<Duration> refuse(Instant now) {
        if (paused) {
            return Optional.of(Duration.ZERO);
        }
        Instant until = heldOffUntil;
        if (until != null && isHeldOff(now)) {
            return Optional.of(Duration.between(now, until));
        }
        Duration pause = rate.untilNext();
        if (!pause.isZero()) {
            return Optional.of(pause);
        }
        if (!breaker.tryAcquire()) {
            return Optional.of(breaker.isOpen() ? breaker.remaining().plusMillis(1) : Duration.ZERO);
        }
        rate.take();
        return Optional.empty();
    }

    /** Gives back a permission that was not used. */
    void release() {
        breaker.release();
    }

    /** An attempt crosses the network from now on. */
    void crosses() {
        inFlight++;
    }

    /** An attempt is prepared, or ends its preparation. */
    void prepares(int change) {
        inFlight += change;
    }

    void crossed(AttemptResult result, long tookNanos) {
        inFlight--;
        breaker.record(result, tookNanos);
    }

    /** Another node's breaker is open until then, or none is. */
    void holdOff(@Nullable Instant until) {
        heldOffUntil = until;
    }

    /** Whether an operator lets no attempt begin here; true when that is new. */
    boolean pause(boolean now) {
        boolean isNew = paused != now;
        paused = now;
        return isNew;
    }

    /** That an operator paused the target, for a person; null when none did. Readable from any thread. */
    @Nullable
    String paused() {
        return paused ? "an operator paused it" : null;
    }

    private boolean isHeldOff(Instant now) {
        return heldOffUntil != null && now.isBefore(heldOffUntil) && breaker.isClosed();
    }

    /** Whether calls may be claimed for attempts now. */
    boolean mayAttempt(Instant now) {
        return !paused && breaker.remaining().isZero() && !isHeldOff(now);
    }

    /** Why no attempt begins for a while; null when one may. */
    @Nullable
    String pause(Instant now) {
        if (paused) {
            return "target " + target.name() + " is paused by an operator";
        }
        return mayAttempt(now) ? null : "the circuit breaker of target " + target.name() + " is open";
    }

    /** That every permit is taken; null when one is free. */
    @Nullable
    String missingPermit() {
        return hasPermit()
                ? null
                : "no permit of target " + target.name() + " is free (" + inFlight + " attempts under way)";
    }

    int inFlight() {
        return inFlight;
    }

    TargetStatus status(int inFlightThen, int held, @Nullable String problem) {
        return new TargetStatus(
                target.name(),
                breaker.state(),
                breaker.remaining(),
                inFlightThen,
                target.bulkhead().permits(),
                Math.max(held - inFlightThen, 0),
                problem);
    }
}
