package dev.nodoubt.call;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Trace;
import org.jspecify.annotations.Nullable;

/**
 * A recorded call that is not settled: the one value that is born, stored, sent and settled.
 *
 * @param key the call's key
 * @param request what is wanted, never changed
 * @param terms how it is to be treated, never changed
 * @param progress how far it has come
 * @param known its outcome and how its handler fares, where only that one's commit is missing; null before, present
 *     exactly while its state is {@link CallState#HANDLING}
 * @param trace the trace that recording belonged to, never changed; null for none
 */
public record OpenCall(
        IdempotencyKey key,
        Request request,
        Terms terms,
        Progress progress,
        @Nullable Known known,
        @Nullable Trace trace) {

    public OpenCall {
        if ((known != null) != (progress.state() == CallState.HANDLING)) {
            throw new IllegalArgumentException("call " + key + ": an outcome is known exactly while it is handled, was "
                    + progress.state().word());
        }
    }

    /** A call of no trace. */
    public OpenCall(IdempotencyKey key, Request request, Terms terms, Progress progress, @Nullable Known known) {
        this(key, request, terms, progress, known, null);
    }

    /**
     * What is known of a call whose handler has not committed.
     *
     * @param outcome what became of it
     * @param failures how often its handler failed
     */
    public record Known(Outcome outcome, int failures) {}

    /** The waits between its attempts. */
    Backoff backoff(Target target) {
        Backoff own = terms.backoff();
        return own == null ? target.backoff() : own;
    }

    OpenCall with(Progress newProgress) {
        return new OpenCall(key, request, terms, newProgress, known, trace);
    }
}
