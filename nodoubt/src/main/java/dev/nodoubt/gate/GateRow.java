package dev.nodoubt.gate;

import dev.nodoubt.Reply;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key's row in the gate's table. The unique row of a key decides every race about it. */
public sealed interface GateRow {

    /** When the caller made the key: what the horizon is compared with; null of a foreign key without a time. */
    @Nullable
    Instant keyTime();

    /** When the row was made, by the receiver's clock in microseconds: for people, never compared. */
    Instant at();

    /**
     * The effect and this row share a transaction.
     *
     * @param fingerprint of the request that was executed
     * @param operation method and path of it
     * @param keyTime as in {@link GateRow#keyTime}
     * @param at when it began
     * @param reply null while the handler runs; a <em>committed</em> row without a reply is broken: the handler ended the
     *     gate's transaction from inside
     */
    record Executed(
            Fingerprint fingerprint,
            String operation,
            @Nullable Instant keyTime,
            Instant at,
            @Nullable Reply reply) implements GateRow {
        public Executed {
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(operation, "operation");
        }
    }

    /**
     * The handler declared a refusal, everything else was rolled back.
     *
     * @param fingerprint of the request that was refused
     * @param operation method and path of it
     * @param keyTime as in {@link GateRow#keyTime}
     * @param at when it was refused
     * @param reply the refusal
     */
    record Rejected(
            Fingerprint fingerprint,
            String operation,
            @Nullable Instant keyTime,
            Instant at,
            Reply reply) implements GateRow {
        public Rejected {
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(reply, "reply");
        }
    }

    /**
     * A tombstone: this key never executed and never will. It is never consumed.
     *
     * @param keyTime as in {@link GateRow#keyTime}
     * @param at when it was fenced
     * @param reason what the caller said, for people, at most 200 characters; empty when it said nothing
     */
    record Fenced(@Nullable Instant keyTime, Instant at, String reason) implements GateRow {

        static final int LONGEST_REASON = 200;

        public Fenced {
            if (reason.length() > LONGEST_REASON) {
                throw new IllegalArgumentException(
                        "fence: reason must have at most " + LONGEST_REASON + " characters, had " + reason.length());
            }
        }
    }
}
