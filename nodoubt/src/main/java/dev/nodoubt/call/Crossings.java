package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Attempts at one target, from the commit of their start, where that is needed, to their result. Lives on the loop. */
final class Crossings {

    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final Target target;
    private final Lane.Shared shared;
    private final Protection protection;
    private final Results results;
    private final Ends ends;
    private boolean closing;

    /**
     * Who is told.
     *
     * @param halts why the target is paused
     * @param ended an attempt has ended, so that another may begin
     */
    record Ends(Consumer<Decision.Halt> halts, Runnable ended) {}

    Crossings(Target target, Lane.Shared shared, Protection protection, Results results, Ends ends) {
        this.target = target;
        this.shared = shared;
        this.protection = protection;
        this.results = results;
        this.ends = ends;
    }

    void closing() {
        closing = true;
    }

    /** Takes this step of a call that waits no more, unless it is too early for it. */
    void attempt(Held h, Step step, Instant now) {
        OpenCall call = h.call();
        Instant earliest = CallMachine.earliest(step, call.progress(), target.capability());
        if (now.isBefore(earliest)) {
            protection.release();
            results.delay(h, earliest);
            return;
        }
        boolean marked = call.terms().marksStart() || target.capability().atMostOnce();
        if (step == Step.EXECUTE && marked && call.progress().doubt() == null) {
            protection.prepares(1);
            Deferral sending =
                    new Deferral(call.key(), h.holder(), call.progress().sending(now));
            shared.ways().writer().begin(sending, begun -> begun(h, begun));
        } else {
            cross(h, step, now);
        }
    }

    /**
     * The start is committed, or is not. The process may have stood still since it was chosen, so that the row is another
     * node's by now, and the call may have been cancelled.
     */
    private void begun(Held h, Writer.Begun begun) {
        protection.prepares(-1);
        Instant now = shared.node().now();
        boolean mine = h.holder() == shared.node().incarnation()
                && shared.node().outlasts(shared.transport().longest(target.name()));
        boolean wanted = CallMachine.next(h.call().progress(), target.capability(), now) == Step.EXECUTE;
        if (begun == Writer.Begun.HELD && mine && wanted && !closing) {
            cross(h, Step.EXECUTE, now);
            return;
        }
        protection.release();
        if (begun == Writer.Begun.NOT_HELD) {
            results.notHeld(h);
        } else { // it did not leave, so what may stand in the row is taken back
            Progress before = h.call().progress();
            results.notBegun(h, begun == Writer.Begun.HELD ? before : before.dueAt(now.plus(STORE_PAUSE)));
        }
        ends.ended.run();
    }

    private void cross(Held h, Step step, Instant now) {
        OpenCall call = h.call();
        Progress progress = call.progress();
        Duration remaining = Duration.between(now, progress.deadline());
        Attempt attempt =
                new Attempt(step, call.key(), call.request(), progress.attempts() + 1, remaining, call.trace());
        cross(attempt, made -> attempted(h, made));
    }

    /** Crosses the network once. */
    void cross(Attempt attempt, Consumer<Results.Made> then) {
        protection.crosses();
        Loop loop = shared.loop();
        long began = loop.nanoTime();
        Instant begunAt = shared.node().now();
        Watch<AttemptResult> watch = shared.ways().observer().attempting(attempt);
        sent(attempt.within(watch.trace()))
                .whenComplete((crossing, fault) -> loop.execute(() -> {
                    Crossing known = fault == null
                            ? crossing
                            : Crossing.of(new AttemptResult.Lost("the transport failed: " + fault));
                    watch.ended(known.result());
                    protection.crossed(known.result(), loop.nanoTime() - began);
                    then.accept(new Results.Made(attempt.step(), begunAt, known));
                    ends.ended.run();
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

    private void attempted(Held h, Results.Made made) {
        if (results.attempted(h, made) instanceof Decision.Keep keep) {
            keep.halted().ifPresent(ends.halts);
        }
    }
}
