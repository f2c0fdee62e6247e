package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Protocols with one rule broken that shows at systems that are no nodoubt receivers. */
final class BrokenElsewhere {

    private static final Set<SimulatedTarget> AT_MOST_ONCE = EnumSet.range(SimulatedTarget.QUERY, SimulatedTarget.NONE);
    private static final Set<SimulatedTarget> ASKED =
            EnumSet.of(SimulatedTarget.QUERY, SimulatedTarget.QUERY_ASSUMED, SimulatedTarget.KEY_AND_QUERY);

    private BrokenElsewhere() {}

    static Stream<Protocol> all() {
        return Stream.of(
                        at(ASKED, AbsentMeansNotDone::new),
                        at(AT_MOST_ONCE, StartsAreNotCommitted::new),
                        at(AT_MOST_ONCE, LostMeansNotSent::new),
                        at(EnumSet.of(SimulatedTarget.KEY, SimulatedTarget.KEY_AND_QUERY), KeyIsRepeatedForEver::new),
                        at(EnumSet.range(SimulatedTarget.KEY, SimulatedTarget.NET_CANCEL), NotSentClearsDoubt::new),
                        at(EnumSet.of(SimulatedTarget.QUERY_ASSUMED), BelievesTheFirstQuery::new),
                        at(EnumSet.of(SimulatedTarget.NET_CANCEL), AbsentMeansCancelled::new),
                        at(EnumSet.of(SimulatedTarget.NET_CANCEL), CancelsOnce::new),
                        at(EnumSet.of(SimulatedTarget.NET_CANCEL), CancelsAreForgotten::new))
                .flatMap(protocols -> protocols);
    }

    private static Stream<Protocol> at(Set<SimulatedTarget> targets, Function<SimulatedTarget, Protocol> broken) {
        return Arrays.stream(SimulatedTarget.values()).filter(targets::contains).map(broken);
    }

    /** The call as if nothing had been sent. */
    private static Decision waiting(Decision decision, Lesson lesson) {
        Progress before = lesson.call().progress();
        return decision instanceof Decision.Keep keep && keep.progress().state() != CallState.WAITING
                ? new Decision.Keep(
                        new Progress(
                                CallState.WAITING,
                                before.attempts() + 1,
                                lesson.now().plusSeconds(1),
                                before.deadline(),
                                before.givingUp(),
                                keep.progress().last(),
                                null),
                        null)
                : decision;
    }

    /** No record of it, so it is executed again: the first request is worked on still, or on its way. */
    private static final class AbsentMeansNotDone extends Protocol {
        AbsentMeansNotDone(SimulatedTarget target) {
            super(target);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            Decision decision = super.after(lesson, result);
            return result instanceof Answer.Absent ? waiting(decision, lesson) : decision;
        }
    }

    /** What is not written when its sender dies was not sent, they say. */
    private static final class StartsAreNotCommitted extends Protocol {
        StartsAreNotCommitted(SimulatedTarget target) {
            super(target);
        }

        @Override
        boolean commitsStarts() {
            return false;
        }
    }

    /** Nobody answered, so nobody heard. */
    private static final class LostMeansNotSent extends Protocol {
        LostMeansNotSent(SimulatedTarget target) {
            super(target);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            Decision decision = super.after(lesson, result);
            return result instanceof AttemptResult.Lost ? waiting(decision, lesson) : decision;
        }
    }

    /** The key is sent also when it may be forgotten. */
    private static final class KeyIsRepeatedForEver extends Protocol {
        KeyIsRepeatedForEver(SimulatedTarget target) {
            super(target);
        }

        @Override
        Step next(Progress progress, Instant now) {
            return progress.state() == CallState.IN_DOUBT ? Step.EXECUTE : super.next(progress, now);
        }
    }

    /** This attempt did not leave, so none did. */
    private static final class NotSentClearsDoubt extends Protocol {
        NotSentClearsDoubt(SimulatedTarget target) {
            super(target);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            Decision decision = super.after(lesson, result);
            return result instanceof AttemptResult.NotSent ? waiting(decision, lesson) : decision;
        }
    }

    /** It is not asked again when the processing time is over. */
    private static final class BelievesTheFirstQuery extends Protocol {
        BelievesTheFirstQuery(SimulatedTarget target) {
            super(target);
        }

        @Override
        Decision after(Lesson l, AttemptResult result) {
            Instant late = l.begunAt().plus(Duration.ofDays(1));
            Instant begunAt = l.step() == Step.QUERY ? late : l.begunAt();
            return super.after(new Lesson(l.call(), l.target(), l.step(), begunAt, l.now()), result);
        }
    }

    /** There is nothing to cancel, so there never will be. */
    private static final class AbsentMeansCancelled extends Protocol {
        AbsentMeansCancelled(SimulatedTarget target) {
            super(target);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            return result instanceof Answer.Absent
                    ? new Decision.Settle(Outcome.Never.of(Why.CANCELLED))
                    : super.after(lesson, result);
        }
    }

    /** The cancel was sent, so it is cancelled. */
    private static final class CancelsOnce extends Protocol {
        CancelsOnce(SimulatedTarget target) {
            super(target);
        }

        @Override
        Decision after(Lesson lesson, AttemptResult result) {
            return lesson.step() == Step.CANCEL && result instanceof AttemptResult.Lost
                    ? new Decision.Settle(Outcome.Never.of(Why.CANCELLED))
                    : super.after(lesson, result);
        }
    }

    /** The doubt that remains, no fault of the caller: a receiver confirms what it will not stand by. */
    private static final class CancelsAreForgotten extends Protocol {
        CancelsAreForgotten(SimulatedTarget target) {
            super(target);
        }

        @Override
        boolean cancelsStay() {
            return false;
        }
    }
}
