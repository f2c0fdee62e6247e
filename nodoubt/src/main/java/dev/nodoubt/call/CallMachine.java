package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.AttemptResult.Unmarked;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Never;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next step of a call and what an attempt's result means for it (protocol, section 12). A pure function of
 * its arguments: no clock, no I/O, no randomness.
 */
final class CallMachine {

    /** How often an unresolved call asks again: evidence may still come, but a person is already needed. */
    static final Duration UNRESOLVED_PACE = Duration.ofMinutes(5);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private CallMachine() {}

    /** The step to take when the call is due. */
    static Step next(Progress progress, Instant now) {
        if (progress.state() == CallState.UNRESOLVED) {
            return Step.QUERY;
        }
        if (!progress.givesUp(now)) {
            return Step.EXECUTE;
        }
        return progress.state() == CallState.WAITING ? Step.SETTLE_NEVER : Step.FENCE;
    }

    /** The outcome of a call that gives up and was never possibly sent. */
    static Never never(Progress progress, Why why) {
        return new Never(
                why, progress.givingUp() == null ? null : progress.givingUp().refusal());
    }

    /** What follows from this result of this step, taken by a call that stood at this progress. */
    static Decision after(OpenCall call, Step step, AttemptResult result, Backoff backoff, Instant now) {
        After after = new After(call.key(), call.progress(), step, backoff, now);
        if (result instanceof Outcome outcome) {
            return after.outcome(outcome);
        }
        if (result instanceof Answer answer) {
            return after.answer(answer);
        }
        if (result instanceof Unmarked unmarked) {
            return after.unmarked(unmarked);
        }
        if (result instanceof Lost lost) {
            return after.open(CallState.IN_DOUBT, "lost: " + lost.reason(), after.backedOff());
        }
        return after.open(after.progress.state(), "not sent: " + ((NotSent) result).reason(), after.backedOff());
    }

    private record After(IdempotencyKey key, Progress progress, Step step, Backoff backoff, Instant now) {

        /**
         * An unresolved call may have had its effect outside the gate, so what the gate says of "did not happen" proves
         * nothing for it; that it happened is evidence enough.
         */
        Decision outcome(Outcome outcome) {
            if (progress.state() == CallState.UNRESOLVED && !(outcome instanceof Outcome.Executed)) {
                return open(CallState.UNRESOLVED, "the gate says " + name(outcome), now.plus(UNRESOLVED_PACE));
            }
            return new Decision.Settle(outcome instanceof Never never ? never(progress, never.why()) : outcome);
        }

        Decision answer(Answer answer) {
            if (answer instanceof Answer.InProgress inProgress) {
                return open(CallState.IN_DOUBT, "in progress at the receiver", bounded(inProgress.retryAfter()));
            }
            if (answer instanceof Answer.NotExecuted refused) {
                return notExecuted(refused.reply());
            }
            if (answer instanceof Answer.Expired) {
                return open(CallState.UNRESOLVED, "expired at the receiver", now.plus(UNRESOLVED_PACE));
            }
            if (answer instanceof Answer.Unknown) {
                return open(CallState.IN_DOUBT, "the receiver lost the answer to its own commit", backedOff());
            }
            return open(sent(), "no record at the receiver, which proves nothing", backedOff());
        }

        /**
         * An execute that was answered has left the caller. That this copy of it had no effect says nothing about another
         * one that the network made and still holds.
         */
        private CallState sent() {
            return step == Step.EXECUTE ? CallState.IN_DOUBT : progress.state();
        }

        Decision notExecuted(Reply reply) {
            String seen = "not executed: status " + reply.status();
            if (step != Step.EXECUTE) {
                return open(progress.state(), seen + " to " + step, backedOff());
            }
            if (reply.status() == 401 || reply.status() == 403) {
                return keep(sent(), seen, backedOff(), new Decision.Halt("credentials: " + seen, false));
            }
            if (!isPermanent(reply.status())) {
                return open(sent(), seen, later(backedOff(), bounded(retryAfter(reply))));
            }
            After refused = new After(key, progress.givingUp(new Progress.GivingUp(reply), now), step, backoff, now);
            return refused.open(sent(), seen + ", giving up", now);
        }

        Decision unmarked(Unmarked unmarked) {
            String seen = "status " + unmarked.status() + " without Nodoubt-Outcome: the path is not gated";
            if (step != Step.EXECUTE) {
                return open(progress.state(), "lost: " + seen, backedOff());
            }
            return keep(CallState.UNRESOLVED, seen, now.plus(UNRESOLVED_PACE), new Decision.Halt(seen, true));
        }

        Decision open(CallState state, String last, Instant dueAt) {
            return keep(state, last, dueAt, null);
        }

        private Decision keep(CallState state, String last, Instant dueAt, Decision.@Nullable Halt halt) {
            CallState next = progress.state() == CallState.UNRESOLVED ? CallState.UNRESOLVED : state;
            return new Decision.Keep(
                    new Progress(
                            next,
                            progress.attempts() + 1,
                            dueAt,
                            progress.deadline(),
                            progress.givingUp(),
                            oneLine(last)),
                    halt);
        }

        Instant backedOff() {
            return progress.state() == CallState.UNRESOLVED
                    ? now.plus(UNRESOLVED_PACE)
                    : now.plus(backoff.after(key, progress.attempts() + 1));
        }

        /** What the receiver asks, within bounds: it must neither spin us nor put us to sleep. */
        private Instant bounded(Duration asked) {
            Duration wait = asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
            return now.plus(wait.compareTo(backoff.cap()) > 0 ? backoff.cap() : wait);
        }
    }

    /** Statuses whose repetition cannot help (protocol, section 4, last paragraph). */
    private static boolean isPermanent(int status) {
        return status == 501
                || (status >= 400 && status < 500 && status != 408 && status != 409 && status != 425 && status != 429);
    }

    /** Retry-After in seconds (RFC 9110, section 10.2.3); its date form is left to the backoff. */
    private static Duration retryAfter(Reply reply) {
        String value = reply.headers().getOrDefault("Retry-After", "");
        return value.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.ZERO;
    }

    /** Reasons come from afar: one line, printable, not endless. */
    private static String oneLine(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static String name(Outcome outcome) {
        return outcome instanceof Outcome.Rejected ? "rejected" : "never";
    }
}
