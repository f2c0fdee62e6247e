package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.call.HeldCalls.Held;
import java.time.Duration;
import java.time.Instant;
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

    /** Takes this step of a call that waits no more. */
    void attempt(Held h, Step step, Instant now) {
        OpenCall call = h.call();
        Progress progress = call.progress();
        Duration remaining = Duration.between(now, progress.deadline());
        Attempt attempt = new Attempt(step, call.key(), call.request(), progress.attempts() + 1, remaining);
        boolean marked = call.terms().marksStart() || target.capability().atMostOnce();
        if (step == Step.EXECUTE && marked) {
            protection.prepares(1);
            Deferral sending = new Deferral(call.key(), h.holder(), progress.sending(now));
            shared.starts().begin(sending, begun -> begun(h, attempt, begun));
        } else {
            cross(attempt, made -> attempted(h, made));
        }
    }

    /** Its start is committed, or is not: only then, and only while the lease still outlasts the attempt, it leaves. */
    private void begun(Held h, Attempt attempt, Starts.Begun begun) {
        protection.prepares(-1);
        boolean outlasts = shared.node().outlasts(shared.transport().longest(target.name()));
        if (begun == Starts.Begun.HELD && !closing && outlasts) {
            cross(attempt, made -> attempted(h, made));
            return;
        }
        protection.release();
        if (begun == Starts.Begun.TAKEN_OVER) {
            results.lose(h);
        } else { // it did not leave, so what may stand in the row is taken back
            results.defer(h, h.call().progress().dueAt(shared.node().now().plus(STORE_PAUSE)));
        }
        ends.ended.run();
    }

    /** Crosses the network once. */
    void cross(Attempt attempt, Consumer<Results.Made> then) {
        protection.crosses();
        Loop loop = shared.loop();
        long began = loop.nanoTime();
        Instant begunAt = shared.node().now();
        shared.transport()
                .cross(attempt)
                .whenComplete((crossing, fault) -> loop.execute(() -> {
                    Crossing known = fault == null
                            ? crossing
                            : Crossing.of(new AttemptResult.Lost("the transport failed: " + fault));
                    protection.crossed(known.result(), loop.nanoTime() - began);
                    then.accept(new Results.Made(attempt.step(), begunAt, known));
                    ends.ended.run();
                }));
    }

    private void attempted(Held h, Results.Made made) {
        if (results.attempted(h, made) instanceof Decision.Keep keep) {
            keep.halted().ifPresent(ends.halts);
        }
    }
}
