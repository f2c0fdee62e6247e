package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.HeldCalls.Held;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What becomes of one target's calls after a step: outcomes, progress and evidence on their way to the store, and what the
 * application is told. Lives on the loop.
 */
final class Results {

    private static final Logger log = LoggerFactory.getLogger(Results.class);
    private static final Duration WORTH_HOLDING = Duration.ofSeconds(2);

    private final Target target;
    private final Node node;
    private final HeldCalls calls;
    private final Ways ways;

    /** Where results go: shared by all targets of a relay. */
    record Ways(Writer writer, Handlings handlings, Notices notices, Waits waits) {}

    /** One attempt as it was made. */
    record Made(Step step, Instant begunAt, Crossing crossing) {}

    Results(Target target, Node node, HeldCalls calls, Ways ways) {
        this.target = target;
        this.node = node;
        this.calls = calls;
        this.ways = ways;
    }

    /** What an attempt taught; the halt of the target that follows from it, if one does. */
    Decision attempted(Held h, Made made) {
        AttemptResult result = made.crossing.result();
        Decision decision = new Lesson(h.call(), target, made.step, made.begunAt, node.now()).of(result);
        int number = h.call().progress().attempts() + 1;
        if (number > 1 || !(result instanceof Outcome)) {
            ways.writer.keep(Evidence.of(h, number, made, Duration.between(made.begunAt, node.now())));
        }
        if (decision instanceof Decision.Settle settled) {
            settle(h, settled.outcome(), number);
        } else if (decision instanceof Decision.Keep keep) {
            Level level = result instanceof Answer.InProgress ? Level.DEBUG : Level.INFO;
            log.atLevel(level).log("call {} to {} {}", h.call().key(), target.name(), keep.progress());
            keep(h, keep.progress());
        }
        return decision;
    }

    /** A step that asks nobody. */
    void withoutAsking(Held h, Step step) {
        Progress progress = h.call().progress();
        OpenCall.Known known = h.call().known();
        if (step == Step.PARK) {
            keep(h, CallMachine.parked(progress, target.capability(), node.now()));
        } else if (known != null) {
            settle(h, known.outcome(), progress.attempts());
        } else {
            settle(h, CallMachine.never(progress, Outcome.Why.NEVER_SENT), progress.attempts());
        }
    }

    private void settle(Held h, Outcome outcome, int attempts) {
        OpenCall call = h.call();
        if (call.progress().state() != CallState.WAITING) {
            log.info("call {} to {} is known after {} attempts: {}", call.key(), target.name(), attempts, outcome);
        }
        Settlement settlement = new Settlement(call.key(), h.holder(), outcome, attempts);
        String handler = call.terms().labels().handler();
        if (handler == null) {
            ways.writer.settle(settlement);
        } else {
            ways.handlings.handle(
                    new Handlings.Handling(settlement, handler, target, handled -> handled(h, settlement, handled)));
        }
    }

    private void handled(Held h, Settlement settlement, Handlings.Handled handled) {
        if (handled.committed()) {
            settled(settlement, handled.held());
            return;
        }
        OpenCall call = h.call();
        int failures = call.known() == null ? 1 : call.known().failures() + 1;
        Instant dueAt = node.now().plus(call.backoff(target).after(call.key(), failures));
        String last = "its outcome is known, its handler failed " + failures + " times: " + handled.problem();
        log.warn("call {} to {}: {}; again at {}", call.key(), target.name(), last, dueAt);
        ways.writer.postpone(new Postponement(settlement, failures, dueAt, Lesson.oneLine(last)));
    }

    private void keep(Held h, Progress progress) {
        boolean wasResolvable = h.call().progress().state() != CallState.UNRESOLVED;
        if (wasResolvable && progress.state() == CallState.UNRESOLVED) {
            OpenCall unresolved = h.call().with(progress);
            ways.notices.unresolved(unresolved, () -> defer(h, progress), () -> defer(h, toldLater(progress)));
        } else {
            defer(h, progress);
        }
    }

    /** As it stood before it was unresolved, so that the same step leads there again. */
    private Progress toldLater(Progress p) {
        Instant dueAt = node.now().plus(target.backoff().first());
        return new Progress(CallState.IN_DOUBT, p.attempts(), dueAt, p.deadline(), p.givingUp(), p.last(), p.doubt());
    }

    /** Writes progress, and holds the call for its next step. */
    void defer(Held h, Progress progress) {
        ways.writer.defer(new Deferral(h.call().key(), h.holder(), progress));
        calls.putBack(h, progress);
    }

    // -- what the writer wrote

    void written(Writer.Written written) {
        for (Settlement settlement : written.batch().settlements()) {
            settled(settlement, written.held().contains(settlement.key()));
        }
        for (Deferral deferral : written.batch().deferrals()) {
            Held h = calls.find(deferral.key(), deferral.holder());
            if (h != null) {
                deferred(h, written.held().contains(deferral.key()));
            }
        }
        for (Postponement postponement : written.batch().postponements()) {
            Settlement s = postponement.settlement();
            Held h = calls.find(s.key(), s.holder());
            if (h != null) { // a scan finds it when it is due
                calls.forget(h);
                ways.waits.changed(s.key());
            }
        }
    }

    private void settled(Settlement settlement, boolean held) {
        Held h = calls.find(settlement.key(), settlement.holder());
        if (h != null) {
            calls.forget(h);
            if (!held) {
                tellTakenOver(h);
            }
            ways.waits.changed(settlement.key());
        }
    }

    private void deferred(Held h, boolean stillHeld) {
        calls.noteWritten(h.call().key());
        if (stillHeld) {
            calls.makeRoom(h, node.now().plus(WORTH_HOLDING));
        } else {
            lose(h);
        }
    }

    /** The row is another node's. */
    void lose(Held h) {
        tellTakenOver(h);
        calls.forget(h);
    }

    private void tellTakenOver(Held h) {
        log.info("call {} to {} was taken over by another node", h.call().key(), target.name());
    }
}
