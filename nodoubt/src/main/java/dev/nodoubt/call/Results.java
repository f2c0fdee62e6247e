package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
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

    /** When a listener that failed, or that is far behind, is told again. */
    private static final Duration TOLD_AGAIN = Duration.ofSeconds(10);

    private final Target target;
    private final Node node;
    private final HeldCalls calls;
    private final Waits waits;
    private final Wishes wishes;
    private final Ways ways;
    private final Map<Word, Watch<Boolean>> settling = new HashMap<>();

    /** Where results go: shared by all targets of a relay. */
    record Ways(Writer writer, Handlings handlings, Notices notices, CallObserver observer) {}

    /** One attempt as it was made. */
    record Made(Step step, Instant begunAt, Crossing crossing) {}

    /** What one lane knows of its calls. */
    record Known(HeldCalls calls, Waits waits, Wishes wishes) {}

    /** What one incarnation says of a call; after a lapse, the word of the one before may still be on its way. */
    private record Word(IdempotencyKey key, long holder) {

        static Word of(Settlement settlement) {
            return new Word(settlement.key(), settlement.holder());
        }
    }

    Results(Target target, Node node, Known known, Ways ways) {
        this.target = target;
        this.node = node;
        this.calls = known.calls;
        this.waits = known.waits;
        this.wishes = known.wishes;
        this.ways = ways;
    }

    /** What an attempt taught; the halt of the target that follows from it, if one does. */
    Decision attempted(Held h, Made made) {
        wishes.taken(h);
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

    /** It is too early for the step: nothing was learnt. */
    void delay(Held h, Instant until) {
        wishes.notTaken(h);
        calls.delay(h, until);
    }

    /** A step that asks nobody. */
    void withoutAsking(Held h, Step step) {
        wishes.taken(h);
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
        Watch<Boolean> watch = ways.observer.settling(call, outcome);
        settling.put(Word.of(settlement), watch);
        String handler = call.terms().labels().handler();
        if (handler == null) {
            boolean inOrder = call.terms().labels().orderKey() != null;
            ways.writer.settle(settlement, inOrder || waits.isAwaited(call.key()));
        } else {
            ways.handlings.handle(new Handlings.Handling(
                    settlement, handler, target, watch, handled -> handled(h, settlement, handled)));
        }
    }

    private void handled(Held h, Settlement settlement, Handlings.Handled handled) {
        if (handled.committed()) {
            settled(settlement, handled.held());
            return;
        }
        end(settlement, watch -> watch.failed(new IllegalStateException(handled.problem())));
        OpenCall call = h.call();
        int failures = call.known() == null ? 1 : call.known().failures() + 1;
        Instant dueAt = node.now().plus(call.backoff(target).after(call.key(), failures));
        String last = "its outcome is known, its handler failed " + failures + " times: " + handled.problem();
        log.warn("ND-0107 call {} to {}: {}; again at {}", call.key(), target.name(), last, dueAt);
        ways.writer.postpone(new Postponement(settlement, failures, dueAt, Lesson.oneLine(last)));
    }

    private void keep(Held h, Progress progress) {
        boolean damaged = h.call().progress().isDamaged();
        boolean isNew = damaged || h.call().progress().state() != CallState.UNRESOLVED;
        if (isNew && progress.state() == CallState.UNRESOLVED) {
            tell(h, damaged ? progress.afterDamage() : progress, damaged);
        } else {
            defer(h, progress);
        }
    }

    /**
     * The application is told before it is written that the call is unresolved. What was learnt is written before that, as
     * of a call in doubt: whoever goes on with it, if this node does not, comes to the same end and tells of it.
     */
    private void tell(Held h, Progress unresolved, boolean damaged) {
        ways.writer.defer(new Deferral(h.call().key(), h.holder(), untold(unresolved)));
        calls.setAside(h);
        Runnable later = () -> {
            if (damaged) {
                calls.forget(h); // and read again as damaged: held as in doubt, it would be sent
            } else {
                defer(h, untold(unresolved));
            }
        };
        ways.notices.unresolved(h.call().with(unresolved), () -> told(h, unresolved), later);
    }

    private Progress untold(Progress unresolved) {
        return unresolved.untold(node.now().plus(TOLD_AGAIN));
    }

    private void told(Held h, Progress unresolved) {
        log.warn(
                "ND-0105 call {} to {} is unresolved after {} attempts, a person is needed: {}",
                h.call().key(),
                target.name(),
                unresolved.attempts(),
                unresolved.last());
        ways.observer.unresolved(h.call().with(unresolved));
        defer(h, unresolved);
    }

    /** An attempt that did not begin after all: writes what its row is to say. */
    void notBegun(Held h, Progress progress) {
        wishes.notTaken(h);
        defer(h, progress);
    }

    /** Writes progress, and holds the call for its next step. */
    private void defer(Held h, Progress progress) {
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
                deferred(h, deferral.progress(), written.held().contains(deferral.key()));
                if (deferral.progress().state() == CallState.UNRESOLVED) {
                    endTurn(h);
                    waits.end(
                            deferral.key(),
                            "it is unresolved: " + deferral.progress().last());
                }
            }
        }
        for (Postponement postponement : written.batch().postponements()) {
            Settlement s = postponement.settlement();
            Held h = calls.find(s.key(), s.holder());
            if (h != null) { // a scan finds it when it is due
                calls.forget(h);
                waits.end(s.key(), "its outcome is known, its handler failed");
            }
        }
    }

    private void end(Settlement settlement, Consumer<Watch<Boolean>> ending) {
        Watch<Boolean> watch = settling.remove(Word.of(settlement));
        if (watch != null) {
            ending.accept(watch);
        }
    }

    private void settled(Settlement settlement, boolean held) {
        end(settlement, watch -> watch.ended(held));
        Held h = calls.find(settlement.key(), settlement.holder());
        if (h != null) {
            calls.forget(h);
            if (!held) {
                tellTakenOver(h);
            }
            endTurn(h);
            waits.end(settlement.key(), "its outcome was written");
        }
    }

    private void deferred(Held h, Progress progress, boolean stillHeld) {
        calls.written(h, progress);
        if (stillHeld) {
            calls.makeRoom(h, node.now().plus(WORTH_HOLDING));
        } else {
            lose(h);
        }
    }

    /** The store has handed the next call of its order over: it need not wait for the next scan. */
    private void endTurn(Held h) {
        if (h.call().terms().labels().orderKey() != null) {
            calls.expectMore();
        }
    }

    /** An attempt must not begin: a scan finds the call again, if it is still this node's. */
    void notHeld(Held h) {
        log.info(
                "call {} to {} is not sent: it is given up, or another node took it over",
                h.call().key(),
                target.name());
        calls.forget(h);
        calls.expectMore();
        waits.end(h.call().key(), "it is given up, or another node took it over");
    }

    /** The row is another node's. */
    private void lose(Held h) {
        tellTakenOver(h);
        calls.forget(h);
        waits.end(h.call().key(), "another node took it over");
    }

    private void tellTakenOver(Held h) {
        log.info("call {} to {} was taken over by another node", h.call().key(), target.name());
    }
}
