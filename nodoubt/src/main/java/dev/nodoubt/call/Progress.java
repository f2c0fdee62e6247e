package dev.nodoubt.call;

import dev.nodoubt.Reply;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an open call has come: all that the machine reads and writes.
 *
 * @param state one of the open states
 * @param attempts attempts made, those that did not leave the caller included
 * @param dueAt when the next step may be taken
 * @param deadline from when the caller gives up
 * @param givingUp why the caller gives up before the deadline; null while it does not
 * @param last what the last attempt showed, for a person; empty before the first
 * @param doubt that the call was possibly sent; null while it certainly was not, which is when it is waiting
 */
public record Progress(
        CallState state,
        int attempts,
        Instant dueAt,
        Instant deadline,
        @Nullable GivingUp givingUp,
        String last,
        @Nullable Doubt doubt) {

    public Progress {
        if (state.isFinal()) {
            throw new IllegalArgumentException("progress: state of an open call must be open, was " + state);
        }
        if ((state == CallState.IN_DOUBT || state == CallState.UNRESOLVED) && doubt == null) {
            throw new IllegalArgumentException("progress: a call that is " + state.word() + " must have its doubt");
        }
        if (state == CallState.WAITING && doubt != null) {
            throw new IllegalArgumentException("progress: a call that is waiting must have no doubt, had " + doubt);
        }
    }

    /** A call that was just recorded. */
    static Progress born(Instant dueAt, Instant deadline) {
        return new Progress(CallState.WAITING, 0, dueAt, deadline, null, "", null);
    }

    boolean givesUp(Instant now) {
        return givingUp != null || !now.isBefore(deadline);
    }

    /** This progress with the wish to give up; an earlier wish stands. */
    Progress givingUp(GivingUp wish, Instant now) {
        return givingUp != null ? this : new Progress(state, attempts, now, deadline, wish, last, doubt);
    }

    Progress dueAt(Instant then) {
        return new Progress(state, attempts, then, deadline, givingUp, last, doubt);
    }

    /** Whether the call's recorded bytes are damaged, and nobody was told of it. */
    boolean isDamaged() {
        return state == CallState.UNRESOLVED && last.equals(CallStore.DAMAGED);
    }

    /** What a step showed of a call whose recorded bytes are damaged. */
    Progress afterDamage() {
        String seen = isDamaged() ? "it is never sent" : last;
        return new Progress(
                state, attempts, dueAt, deadline, givingUp, Lesson.oneLine(CallStore.DAMAGED + "; " + seen), doubt);
    }

    /** An unresolved call of which nobody was told is in doubt: the same step leads there again. */
    Progress untold(Instant then) {
        return new Progress(CallState.IN_DOUBT, attempts, then, deadline, givingUp, last, doubt);
    }

    /** A request that may arrive leaves now. */
    Progress sending(Instant now) {
        return doubt != null
                ? this
                : new Progress(
                        CallState.IN_DOUBT,
                        attempts,
                        dueAt,
                        deadline,
                        givingUp,
                        "its sending began, and no end of it is known",
                        Doubt.since(now));
    }

    /** The operator's sentence. */
    @Override
    public String toString() {
        return "is " + state.word() + " after " + attempts + " attempts (last: " + last + "); next step at " + dueAt
                + ", deadline " + deadline;
    }

    /**
     * Why a call is given up before its deadline.
     *
     * @param refusal the permanent refusal that an attempt met; null when somebody cancelled the call
     */
    public record GivingUp(@Nullable Reply refusal) {
        static final GivingUp CANCELLED = new GivingUp(null);
    }
}
