package dev.nodoubt.call;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.AttemptResult.Unmarked;
import dev.nodoubt.Backoff;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Never;
import dev.nodoubt.Outcome.Why;
import dev.nodoubt.Reply;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt's result means for its call: the second half of the machine. A pure function of its arguments.
 *
 * @param call as it stood before the step was taken
 * @param target the called system's settings
 * @param step what was asked
 * @param begunAt before its first byte left, by the store's clock
 * @param now when the result was known, by the store's clock
 */
record Lesson(OpenCall call, Target target, Step step, Instant begunAt, Instant now) {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    /** The decision that follows from this result. */
    Decision of(AttemptResult result) {
        if (result instanceof Outcome outcome) {
            return outcome(outcome);
        }
        if (result instanceof Answer.NotExecuted refused) {
            return notExecuted(refused.reply());
        }
        if (result instanceof Answer answer) {
            return answer(answer);
        }
        if (result instanceof Unmarked unmarked) {
            return unmarked(unmarked);
        }
        if (result instanceof Lost lost) {
            return lost(lost);
        }
        return keep(progress().doubt(), "not sent: " + ((NotSent) result).reason(), backedOff());
    }

    private Progress progress() {
        return call.progress();
    }

    private boolean gate() {
        return target.capability() instanceof Capability.Gate;
    }

    /** What has its effect outside the gate is not disproved by what the gate says of "did not happen". */
    private Decision outcome(Outcome outcome) {
        Doubt doubt = progress().doubt();
        if (doubt != null && doubt.ungated() && !(outcome instanceof Outcome.Executed)) {
            String name = outcome instanceof Outcome.Rejected ? "rejected" : "never";
            return keep(doubt, "the gate says " + name, backedOff());
        }
        return new Decision.Settle(
                outcome instanceof Never never ? CallMachine.never(progress(), never.why()) : outcome);
    }

    private Decision answer(Answer answer) {
        if (answer instanceof Answer.InProgress inProgress) {
            return keep(sent(), "in progress at the receiver", bounded(inProgress.retryAfter()));
        }
        if (answer instanceof Answer.Expired) {
            return keep(CallState.UNRESOLVED, sent(), "expired at the receiver", now.plus(CallMachine.UNRESOLVED_PACE));
        }
        if (answer instanceof Answer.Unknown) {
            return asked(sent(), "the receiver lost the answer to its own commit");
        }
        return absent();
    }

    /** Nothing was found, which proves nothing; but where its time is over, nobody is asked for more. */
    private Decision absent() {
        Doubt doubt = sent();
        Capability.Query query = query();
        if (step != Step.QUERY || query == null || doubt == null) {
            return asked(gate() ? doubt : progress().doubt(), "no record at the receiver, which proves nothing");
        }
        Instant over = lastSent(doubt).plus(query.processingTime());
        if (begunAt.isBefore(over)) { // asked too early to mean anything
            Instant due = earlier(backedOff(), later(over, now.plus(SHORTEST_WAIT)));
            return keep(doubt, "no record at the receiver yet; its processing time ends at " + over, due);
        }
        if (query.assumeNever()) {
            return new Decision.Settle(CallMachine.never(progress(), Why.ASSUMED));
        }
        String last = "no record at the receiver after its processing time of " + query.processingTime()
                + ": it did not happen if that time is right, but nothing proves it";
        return keep(CallState.UNRESOLVED, doubt, last, now.plus(CallMachine.UNRESOLVED_PACE));
    }

    private Capability.@Nullable Query query() {
        if (target.capability() instanceof Capability.Key key) {
            return key.query();
        }
        return target.capability() instanceof Capability.Query query ? query : null;
    }

    /** When the last request that may have arrived was sent at the latest. */
    private Instant lastSent(Doubt doubt) {
        return target.capability() instanceof Capability.Key key ? doubt.since().plus(key.repeatable()) : doubt.since();
    }

    /**
     * An execute that was answered has left the caller. That this copy of it had no effect says nothing about another one
     * that the network made and still holds.
     */
    private @Nullable Doubt sent() {
        return step == Step.EXECUTE ? possiblySent() : progress().doubt();
    }

    private Doubt possiblySent() {
        Doubt doubt = progress().doubt();
        return doubt != null ? doubt : Doubt.since(begunAt);
    }

    private Decision notExecuted(Reply reply) {
        String seen = "not executed: status " + reply.status();
        if (step != Step.EXECUTE) {
            return asked(progress().doubt(), seen + " to " + step);
        }
        Doubt doubt = gate() ? sent() : progress().doubt(); // a foreign code is trusted as the target documents it
        if (gate() && (reply.status() == 401 || reply.status() == 403)) {
            return halted(keep(doubt, seen, backedOff()), new Decision.Halt("credentials: " + seen, false));
        }
        if (!isPermanent(reply.status())) {
            return keep(doubt, seen, later(backedOff(), bounded(retryAfter(reply))));
        }
        Instant due = doubt == null || gate() ? now : backedOff(); // nothing but a repetition ends a doubt elsewhere
        Decision.Keep kept = keep(doubt, seen + ", giving up", due);
        return new Decision.Keep(kept.progress().givingUp(new Progress.GivingUp(reply), due), null);
    }

    private Decision unmarked(Unmarked unmarked) {
        String seen = "status " + unmarked.status() + " without Nodoubt-Outcome: the path is not gated";
        if (step != Step.EXECUTE) {
            return asked(progress().doubt(), "lost: " + seen);
        }
        Doubt doubt = possiblySent().withoutGate();
        Decision.Keep kept = keep(CallState.UNRESOLVED, doubt, seen, now.plus(CallMachine.UNRESOLVED_PACE));
        return halted(kept, new Decision.Halt(seen, true));
    }

    private Decision lost(Lost lost) {
        String last = "lost: " + lost.reason();
        if (step != Step.EXECUTE) {
            return asked(progress().doubt(), last);
        }
        Doubt doubt = possiblySent();
        if (target.capability() instanceof Capability.None) {
            return keep(CallState.UNRESOLVED, doubt, last, now.plus(CallMachine.PARKED_PACE));
        }
        Instant due = target.capability() instanceof Capability.NetCancel cancel
                ? later(now, doubt.since().plus(cancel.after()))
                : backedOff();
        return keep(doubt, last, due);
    }

    /** An attempt that reached the target to learn or end the outcome, and did not: so many of them are enough. */
    private Decision asked(@Nullable Doubt doubt, String last) {
        if (doubt == null || step == Step.EXECUTE) {
            return keep(doubt, last, backedOff());
        }
        Doubt next = doubt.asked();
        if (next.resolutions() < target.resolutions() || target.capability() instanceof Capability.NetCancel) {
            return keep(next, last, backedOff());
        }
        String why = last + "; asked " + next.resolutions() + " times without an outcome";
        return keep(CallState.UNRESOLVED, next, why, now.plus(CallMachine.UNRESOLVED_PACE));
    }

    private Decision.Keep keep(@Nullable Doubt doubt, String last, Instant dueAt) {
        CallState open = doubt == null ? CallState.WAITING : CallState.IN_DOUBT;
        return keep(doubt != null && doubt.ungated() ? CallState.UNRESOLVED : open, doubt, last, dueAt);
    }

    private Decision.Keep keep(CallState state, @Nullable Doubt doubt, String last, Instant dueAt) {
        Progress before = progress();
        boolean unresolved = before.state() == CallState.UNRESOLVED;
        return new Decision.Keep(
                new Progress(
                        unresolved ? CallState.UNRESOLVED : state,
                        before.attempts() + 1,
                        dueAt,
                        before.deadline(),
                        before.givingUp(),
                        oneLine(last),
                        doubt),
                null);
    }

    private static Decision halted(Decision.Keep keep, Decision.Halt halt) {
        return new Decision.Keep(keep.progress(), halt);
    }

    private Instant backedOff() {
        if (progress().state() == CallState.UNRESOLVED) {
            return now.plus(CallMachine.UNRESOLVED_PACE);
        }
        return now.plus(backoff().after(call.key(), progress().attempts() + 1));
    }

    private Backoff backoff() {
        return call.backoff(target);
    }

    /** What the receiver asks, within bounds: it must neither spin us nor put us to sleep. */
    private Instant bounded(Duration asked) {
        Duration wait = asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
        return now.plus(wait.compareTo(backoff().cap()) > 0 ? backoff().cap() : wait);
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
    static String oneLine(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
