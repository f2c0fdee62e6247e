package dev.nodoubt.jdbc;

import dev.nodoubt.Outcome;
import dev.nodoubt.Reply;
import dev.nodoubt.call.CallState;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as columns.
 *
 * @param why of a never; else null
 * @param reply null where a never came without one
 */
record OutcomeColumns(
        CallState state, @Nullable String why, @Nullable Reply reply) {

    static OutcomeColumns of(Outcome outcome) {
        if (outcome instanceof Outcome.Executed executed) {
            return new OutcomeColumns(CallState.EXECUTED, null, executed.reply());
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            return new OutcomeColumns(CallState.REJECTED, null, rejected.reply());
        }
        Outcome.Never never = (Outcome.Never) outcome;
        return new OutcomeColumns(CallState.NEVER, never.why().name(), never.refusal());
    }
}
