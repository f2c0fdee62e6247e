package dev.nodoubt.staged;

import java.util.Locale;

/** Where an intent stands. */
public enum IntentState {
    /** Recorded; no attempt was made, or each one certainly had no effect. May be withdrawn. */
    WAITING(false),
    /** An attempt is running, or its worker died. Committed before the first byte leaves. */
    SENDING(false),
    /** The other side took it. Final. */
    SENT(true),
    /** How an attempt ended is not known: repeated under at-least-once, parked under at-most-once. */
    IN_DOUBT(false),
    /** The other side refused it for good, and no attempt may have had the effect. Final. */
    FAILED(true),
    /** Taken back before anything left: it will never be sent. Final. */
    WITHDRAWN(true);

    private final boolean ended;

    IntentState(boolean ended) {
        this.ended = ended;
    }

    /** Whether it stays so: such intents are purged after their retention. */
    public boolean isFinal() {
        return ended;
    }

    /** As it is written in the database and may be written in documents: {@code in-doubt}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The state of this word.
     *
     * @throws IllegalArgumentException when no state has it
     */
    public static IntentState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
