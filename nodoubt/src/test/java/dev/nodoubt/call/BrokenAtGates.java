package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Reply;
import java.time.Instant;
import java.util.stream.Stream;

/** Protocols with one rule broken that shows at nodoubt receivers. */
final class BrokenAtGates {

    private BrokenAtGates() {}

    static Stream<Protocol> all() {
        return Stream.of(
                new AbsentMeansNever(),
                new InProgressCountsAsExecuted(),
                new TimeoutMeansNever(),
                new DeadNodesSentNothing(),
                new RefusedMeansNeverSent(),
                new ZombiesMayWrite(),
                new HandsOverWhatScansFound(),
                new TombstoneIsConsumed());
    }

    /** "No record of it", so it did not happen: the first request may still be on its way. */
    private static final class AbsentMeansNever extends Protocol {
        AbsentMeansNever() {
            super(SimulatedTarget.GATE);
        }

        @Override
        Step next(Progress progress, Instant now) {
            Step step = super.next(progress, now);
            return step == Step.FENCE ? Step.QUERY : step;
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            return result instanceof Answer.Absent
                    ? new Decision.Settle(Outcome.Never.of(Why.FENCED))
                    : super.after(lesson, result);
        }
    }

    /** Somebody holds the key, so it will happen: a crash rolls it back. */
    private static final class InProgressCountsAsExecuted extends Protocol {
        InProgressCountsAsExecuted() {
            super(SimulatedTarget.GATE);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            return result instanceof Answer.InProgress
                    ? new Decision.Settle(new Outcome.Executed(Reply.of(202)))
                    : super.after(lesson, result);
        }
    }

    /** The caller just gives up. */
    private static final class TimeoutMeansNever extends Protocol {
        TimeoutMeansNever() {
            super(SimulatedTarget.GATE);
        }

        @Override
        Step next(Progress progress, Instant now) {
            return progress.givesUp(now) ? Step.SETTLE_NEVER : super.next(progress, now);
        }
    }

    /** Rows of a dead node are taken over as they stand. */
    private static final class DeadNodesSentNothing extends Protocol {
        DeadNodesSentNothing() {
            super(SimulatedTarget.GATE);
        }

        @Override
        boolean deadMayHaveSent() {
            return false;
        }
    }

    /** An attempt answered "not executed" counts as not sent: the network has a second copy of it. */
    private static final class RefusedMeansNeverSent extends Protocol {
        RefusedMeansNeverSent() {
            super(SimulatedTarget.GATE);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            Decision decision = super.after(lesson, result);
            boolean waits = lesson.call().progress().state() == CallState.WAITING;
            if (waits && result instanceof Answer.NotExecuted && decision instanceof Decision.Keep keep) {
                Progress p = keep.progress();
                return new Decision.Keep(
                        new Progress(
                                CallState.WAITING, p.attempts(), p.dueAt(), p.deadline(), p.givingUp(), p.last(), null),
                        null);
            }
            return decision;
        }
    }

    /** Who held a row once may write it for ever. */
    private static final class ZombiesMayWrite extends Protocol {
        ZombiesMayWrite() {
            super(SimulatedTarget.GATE);
        }

        @Override
        boolean comparesHolders() {
            return false;
        }
    }

    /** A call is handed over although a scan may have found, attempted and settled it meanwhile. */
    private static final class HandsOverWhatScansFound extends Protocol {
        HandsOverWhatScansFound() {
            super(SimulatedTarget.GATE);
        }

        @Override
        boolean handsOverOnlyTheUnseen() {
            return false;
        }
    }

    /** A late request takes the tombstone away and is refused; the next one executes. */
    private static final class TombstoneIsConsumed extends Protocol {
        TombstoneIsConsumed() {
            super(SimulatedTarget.GATE);
        }

        @Override
        boolean tombstonesStay() {
            return false;
        }
    }
}
