package dev.nodoubt.call;

import dev.nodoubt.Outcome.Never;
import dev.nodoubt.Outcome.Why;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides the next step of a call (protocol, sections 11 and 12); what an attempt's result means is {@link Lesson}'s. A
 * pure function of its arguments: no clock, no I/O, no randomness.
 */
final class CallMachine {

    /** How often an unresolved call asks again: evidence may still come, but a person is already needed. */
    static final Duration UNRESOLVED_PACE = Duration.ofMinutes(5);

    /** How often an unresolved call is looked at that nobody can be asked about. */
    static final Duration PARKED_PACE = Duration.ofDays(1);

    private CallMachine() {}

    /** The step to take when the call is due. */
    static Step next(Progress progress, Capability capability, Instant now) {
        Doubt doubt = progress.doubt();
        if (progress.state() == CallState.HANDLING) {
            return Step.SETTLE;
        }
        if (doubt == null) {
            return progress.givesUp(now) ? Step.SETTLE_NEVER : Step.EXECUTE;
        }
        if (capability instanceof Capability.Gate) {
            return atGate(progress, doubt, now);
        }
        if (capability instanceof Capability.Query) {
            return Step.QUERY;
        }
        if (progress.state() == CallState.IN_DOUBT && capability instanceof Capability.NetCancel cancel) {
            return now.isBefore(doubt.since().plus(cancel.window())) ? Step.CANCEL : Step.PARK;
        }
        return capability instanceof Capability.Key key ? byKey(progress, doubt, key, now) : Step.PARK;
    }

    /** Before when a step is not taken, however it came to be due: no cancel overtakes the request that it is to undo. */
    static Instant earliest(Step step, Progress progress, Capability capability) {
        Doubt doubt = progress.doubt();
        return step == Step.CANCEL && capability instanceof Capability.NetCancel cancel && doubt != null
                ? doubt.since().plus(cancel.after())
                : progress.dueAt();
    }

    /**
     * Whether the next step may be a query, as a person wants who asks what became of the call: not where it was never sent,
     * is known, or nobody can be asked so.
     */
    static boolean mayAsk(Progress progress, Capability capability, Instant now) {
        return progress.doubt() != null
                && next(progress, capability, now).crosses()
                && capability.steps().contains(Step.QUERY);
    }

    /** What was answered without the gate is only asked about: neither execute nor fence can mend or prove anything. */
    private static Step atGate(Progress progress, Doubt doubt, Instant now) {
        if (doubt.ungated()) {
            return Step.QUERY;
        }
        if (progress.givesUp(now)) {
            return Step.FENCE;
        }
        return progress.state() == CallState.UNRESOLVED ? Step.QUERY : Step.EXECUTE;
    }

    /**
     * Nothing else ends the doubt at a target without a fence, so the request is repeated also when the caller gives up:
     * its outcome is then not never, but known.
     */
    private static Step byKey(Progress progress, Doubt doubt, Capability.Key key, Instant now) {
        if (progress.state() == CallState.IN_DOUBT && now.isBefore(doubt.since().plus(key.repeatable()))) {
            return Step.EXECUTE;
        }
        return key.query() != null ? Step.QUERY : Step.PARK;
    }

    /** The outcome of a call that gives up and was never possibly sent. */
    static Never never(Progress progress, Why why) {
        return new Never(
                why, progress.givingUp() == null ? null : progress.givingUp().refusal());
    }

    /** A call about which nobody can be asked, as it is kept for a person. */
    static Progress parked(Progress progress, Capability capability, Instant now) {
        String why = capability instanceof Capability.NetCancel
                ? "the window for its cancel ended without a definite answer"
                : capability instanceof Capability.Key
                        ? "the time is over in which its key is certainly remembered"
                        : "the target offers nothing that would tell";
        boolean parked = progress.state() == CallState.UNRESOLVED;
        return new Progress(
                CallState.UNRESOLVED,
                progress.attempts(),
                now.plus(PARKED_PACE),
                progress.deadline(),
                progress.givingUp(),
                parked ? progress.last() : Lesson.oneLine(why + " (before: " + progress.last() + ")"),
                progress.doubt());
    }
}
