package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.HeldCalls.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The attempts under way to one target. Where a second sending could have a second effect, the start of an attempt is
 * committed before its first byte leaves, and looked at once more after that: time has passed. Lives on the loop.
 */
final class Attempts {

    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final Target target;
    private final Lane.Shared shared;
    private final TargetBreaker breaker;
    private final Results results;
    private final Listener listener;
    private int underWay;
    private boolean closing;

    /** Who is told on the loop: that an attempt has ended, however it did, and what its result makes of the target. */
    record Listener(Consumer<Decision.Halt> halted, Runnable ended) {}

    Attempts(Target target, Lane.Shared shared, TargetBreaker breaker, Results results, Listener listener) {
        this.target = target;
        this.shared = shared;
        this.breaker = breaker;
        this.results = results;
        this.listener = listener;
    }

    int underWay() {
        return underWay;
    }

    void closing() {
        closing = true;
    }

    /** A permit is free, and this node's lease outlasts an attempt: a zombie must not begin one. */
    boolean mayBegin() {
        return !closing && underWay < target.bulkhead().permits() && isInTime();
    }

    private boolean isInTime() {
        return shared.node().outlasts(shared.transport().longest(target.name()));
    }

    /** Takes this step for a call, with the breaker's permission. */
    void make(Held h, Step step, Instant now) {
        underWay++;
        OpenCall call = h.call();
        boolean marks = call.terms().marksStart() || target.capability().atMostOnce();
        if (step == Step.EXECUTE && marks && call.progress().doubt() == null) {
            Deferral sending =
                    new Deferral(call.key(), h.holder(), call.progress().sending(now));
            shared.ways().writer().begin(sending, begun -> begun(h, begun));
        } else {
            cross(h, step, now);
        }
    }

    /** The process may have stood still since the attempt was chosen, and the call may have been cancelled. */
    private void begun(Held h, Writer.Begun begun) {
        Instant now = shared.node().now();
        boolean mine = h.holder() == shared.node().incarnation();
        boolean wanted = CallMachine.next(h.call().progress(), target.capability(), now) == Step.EXECUTE;
        if (begun == Writer.Begun.HELD && mine && wanted && !closing && isInTime()) {
            cross(h, Step.EXECUTE, now);
            return;
        }
        underWay--;
        breaker.release();
        if (begun == Writer.Begun.TAKEN_OVER) {
            results.lose(h);
        } else { // it did not leave, so what may stand in the row is taken back
            Progress p = h.call().progress();
            results.defer(h, begun == Writer.Begun.HELD ? p : p.at(now.plus(STORE_PAUSE)));
        }
        listener.ended.run();
    }

    private void cross(Held h, Step step, Instant begunAt) {
        OpenCall call = h.call();
        Progress progress = call.progress();
        Duration remaining = Duration.between(begunAt, progress.deadline());
        Attempt attempt = new Attempt(step, call.key(), call.request(), progress.attempts() + 1, remaining);
        cross(attempt, crossing -> {
            if (results.attempted(h, new Results.Made(step, begunAt, crossing)) instanceof Decision.Keep keep) {
                keep.halted().ifPresent(listener.halted);
            }
        });
    }

    /** Asks the target for its protocol, with the breaker's permission. */
    void probe(int number, Consumer<AttemptResult> then) {
        underWay++;
        Request nothing = new Request(target.name(), "POST", "/", Payload.EMPTY);
        IdempotencyKey key = IdempotencyKey.create(shared.node().now());
        cross(new Attempt(Step.QUERY, key, nothing, number, Duration.ZERO), crossing -> then.accept(crossing.result()));
    }

    private void cross(Attempt attempt, Consumer<Crossing> then) {
        long began = shared.loop().nanoTime();
        sent(attempt)
                .whenComplete((crossing, fault) -> shared.loop().execute(() -> {
                    underWay--;
                    Crossing known = fault == null
                            ? crossing
                            : Crossing.of(new AttemptResult.Lost("the transport failed: " + fault));
                    breaker.record(known.result(), shared.loop().nanoTime() - began);
                    then.accept(known);
                    listener.ended.run();
                }));
    }

    /** A transport that throws has broken its promise, so nothing is believed of what it did before. */
    private CompletionStage<Crossing> sent(Attempt attempt) {
        try {
            return shared.transport().cross(attempt);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
