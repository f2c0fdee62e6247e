package dev.nodoubt.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person may see of a recorded key without its reply's bytes.
 *
 * @param key scope and key
 * @param state how it stands
 * @param keyTime when the caller made the key; null of a foreign key without a time, which is never purged
 * @param at when the row was made, by the receiver's clock
 * @param operation method and path; null of a tombstone
 * @param status of the reply; null of a tombstone, and of a broken row
 * @param reason why it was fenced, in its caller's words; empty where there is none
 */
public record GateKeyStatus(
        GateKey key,
        State state,
        @Nullable Instant keyTime,
        Instant at,
        @Nullable String operation,
        @Nullable Integer status,
        String reason) {

    /** What a key's row says; its name is the word in rows. */
    public enum State {
        EXECUTED,
        REJECTED,
        /** A tombstone. */
        FENCED
    }
}
