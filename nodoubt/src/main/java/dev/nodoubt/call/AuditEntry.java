package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did, as it was written in the transaction that did it. A relay deletes it after
 * {@link CallStore.Retention#audit}; where no relay runs it is kept for ever.
 *
 * @param id rises with time; what is committed later may have a lower one
 * @param at by the store's clock
 * @param by who did it, and why
 * @param action what was done
 * @param target at which target; null where the action has none
 * @param key to which call; null where the action is none on a call
 */
public record AuditEntry(
        long id,
        Instant at,
        Operator by,
        Action action,
        @Nullable String target,
        @Nullable IdempotencyKey key) {

    /** What operators can do. */
    public enum Action {
        /** The next step at once. */
        ATTEMPT,
        /** A query as the next step, at once. */
        ASK,
        /** A call that was possibly sent is given up. */
        FENCE,
        /** A call that was never sent is given up. */
        CANCEL,
        /** Nothing more is attempted at a target. */
        PAUSE,
        /** A target is attempted again. */
        RESUME,
        /** An unresolved call gets its outcome from a person. */
        SETTLE,
        /** The bytes of a call, or the reply under a receiver's key, were shown. */
        REVEAL;

        /** The word for it in rows: {@code attempt}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException when there is none with this word */
        public static Action ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
