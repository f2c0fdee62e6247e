package dev.nodoubt.call;

import dev.nodoubt.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of an open call in {@link MemoryCallStore}. */
final class MemoryRow {

    OpenCall call;
    long holder;
    boolean cancelled;

    /** Whether its bytes are not those that were recorded. */
    boolean damaged;

    /** Whether an earlier call of its order key is open or stopped, so that nobody may attempt it. */
    boolean queued;

    final Instant recordedAt;

    MemoryRow(OpenCall call, long holder, Instant recordedAt) {
        this.recordedAt = recordedAt;
        this.call = call;
        this.holder = holder;
    }

    boolean isDue(Instant now) {
        return !call.progress().dueAt().isAfter(now);
    }

    boolean givesUp(Instant now) {
        return read().progress().givesUp(now);
    }

    /** Whether it is settled without asking its target. */
    boolean needsNobody(Instant now) {
        CallState state = call.progress().state();
        return state == CallState.HANDLING || (state == CallState.WAITING && givesUp(now));
    }

    void become(CallState state, Instant dueAt) {
        Progress p = call.progress();
        boolean sure = state == CallState.WAITING || state == CallState.HANDLING;
        Doubt doubt = sure || p.doubt() != null ? p.doubt() : Doubt.since(recordedAt);
        call = call.with(new Progress(state, p.attempts(), dueAt, p.deadline(), p.givingUp(), p.last(), doubt));
    }

    void postpone(Postponement postponement) {
        Settlement known = postponement.settlement();
        Progress p = call.progress();
        call = new OpenCall(
                call.key(),
                call.request(),
                call.terms(),
                new Progress(
                        CallState.HANDLING,
                        known.attempts(),
                        postponement.dueAt(),
                        p.deadline(),
                        p.givingUp(),
                        postponement.last(),
                        p.doubt()),
                new OpenCall.Known(known.outcome(), postponement.failures()),
                call.trace());
    }

    void handOver(long newHolder) {
        holder = newHolder;
        queued = false;
    }

    /** What stands in the row: a cancel is a column of its own. */
    OpenCall read() {
        Progress p = call.progress();
        boolean unsendable = damaged && (p.state() == CallState.WAITING || p.state() == CallState.IN_DOUBT);
        return call.with(new Progress(
                unsendable ? CallState.UNRESOLVED : p.state(),
                p.attempts(),
                p.dueAt(),
                p.deadline(),
                cancelled && p.givingUp() == null ? Progress.GivingUp.CANCELLED : p.givingUp(),
                unsendable ? CallStore.DAMAGED : p.last(),
                unsendable && p.doubt() == null ? Doubt.since(recordedAt) : p.doubt()));
    }

    RecordedCall recorded() {
        return recorded(call.progress().state(), call.progress().attempts(), null);
    }

    RecordedCall recorded(CallState state, int attempts, RecordedCall.@Nullable Settled settled) {
        return new RecordedCall(
                call.key(),
                call.request().target(),
                call.request().operation(),
                call.terms().labels(),
                new RecordedCall.Standing(
                        state,
                        attempts,
                        settled == null ? call.progress().last() : "",
                        recordedAt,
                        settled == null ? call.progress().dueAt() : null),
                settled);
    }

    static CallState state(Outcome outcome) {
        if (outcome instanceof Outcome.Executed) {
            return CallState.EXECUTED;
        }
        return outcome instanceof Outcome.Rejected ? CallState.REJECTED : CallState.NEVER;
    }
}
