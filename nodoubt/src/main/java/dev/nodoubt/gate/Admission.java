package dev.nodoubt.gate;

import dev.nodoubt.Reply;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one request at the gate: the handler's reply, or why the gate answers in its place. */
public sealed interface Admission {

    /**
     * The effect is committed.
     *
     * @param reply of a first execution the handler's, of a replay the recorded one, whose body may be null: not kept
     * @param replayed whether the handler ran at an earlier attempt
     */
    record Executed(Reply reply, boolean replayed) implements Admission {
        public Executed {
            Objects.requireNonNull(reply, "reply");
        }
    }

    /**
     * The handler declared a refusal, and it stands in the key's row. There is no effect and will be none.
     *
     * @param reply as for {@link Executed}
     * @param replayed whether the handler ran at an earlier attempt
     */
    record Rejected(Reply reply, boolean replayed) implements Admission {
        public Rejected {
            Objects.requireNonNull(reply, "reply");
        }
    }

    /**
     * The handler answered with a status that neither commits nor is a declared rejection. Everything is rolled back, and
     * nothing is recorded.
     *
     * @param reply the handler's
     */
    record NotExecuted(Reply reply) implements Admission {
        public NotExecuted {
            Objects.requireNonNull(reply, "reply");
        }
    }

    /**
     * The gate answers in the handler's place.
     *
     * @param reason why
     * @param detail one line for the caller: what happened, what is known, what to do; without key and payload
     * @param cause what was thrown, for the gate's caller to log, because the gate does not; null when nothing was
     */
    record Withheld(Reason reason, String detail, @Nullable Exception cause) implements Admission {
        public Withheld {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(detail, "detail");
        }
    }

    static Admission withheld(Reason reason) {
        return new Withheld(reason, reason.detail, null);
    }

    static Admission withheld(Reason reason, String detail) {
        return new Withheld(reason, detail, null);
    }

    static Admission withheld(Reason reason, Exception cause) {
        return new Withheld(reason, reason.detail, cause);
    }

    /**
     * Why the gate answers in the handler's place. Unless it says something else, this attempt certainly had no effect,
     * and nothing is said of other attempts.
     */
    enum Reason {
        /** This gate takes no such key. */
        KEY_INVALID("this gate takes no such idempotency key"),

        /** The key's row belongs to another request. Nothing of it is disclosed. */
        KEY_REUSED("this idempotency key belongs to another request; a new request needs a new key"),

        /** The key is older than the accept window and has no row. */
        KEY_TOO_OLD("this idempotency key is older than the accept window; fence it to know that it never executes"),

        /** The key lies at or below the horizon and has no row: it will not execute from now on, its past is unknown. */
        KEY_EXPIRED(
                "this idempotency key is older than what is kept: it will not execute, and whether it did is unknown"),

        /** A tombstone stands: the key never executed and never will. */
        FENCED("this idempotency key is fenced: it never executed and never will"),

        /** Another transaction holds the key at this instant. */
        IN_PROGRESS("another attempt of this call is in progress; ask again after Retry-After"),

        /** The caller has as many rows at this receiver as it may have. */
        QUOTA("this caller has as many recorded keys here as it may have; more fit when the oldest are purged"),

        /** The caller's deadline passed before the handler started. */
        DEADLINE_PASSED("the attempt's deadline passed before it could start; nothing was executed"),

        /** The handler marked the transaction rollback-only. */
        ROLLED_BACK("the handler rolled back; nothing was executed"),

        /** The handler threw, or left a transaction in which its reply could not be stored. */
        HANDLER_FAILED("the handler failed and everything was rolled back; nothing was executed"),

        /** The gate's database failed before the handler started, or before a rejection was recorded. */
        STORE_UNAVAILABLE("the gate's store is not available; nothing was executed"),

        /** The database refused the COMMIT and rolled back. */
        COMMIT_FAILED("the database refused to commit and rolled back; nothing was executed"),

        /** The answer to the COMMIT was lost: the effect may or may not stand. */
        COMMIT_UNKNOWN(
                "the answer to the commit was lost: it may or may not have been executed; query or fence the key"),

        /**
         * The handler ended the gate's transaction from inside, at this attempt or an earlier one: a row without a reply
         * may stand, and what else stands is unknown. A person settles it.
         */
        BROKEN("the handler ended the gate's transaction by itself: what was executed is unknown and needs a person");

        private final String detail;

        Reason(String detail) {
            this.detail = detail;
        }
    }
}
