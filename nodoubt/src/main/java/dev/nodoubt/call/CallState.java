package dev.nodoubt.call;

import java.util.Locale;

/** Where a call stands. The first four are open, the last three final. */
public enum CallState {
    /** No attempt was possibly sent yet. */
    WAITING,
    /** An attempt was possibly sent and its outcome is not known yet. */
    IN_DOUBT,
    /** Nobody can know by asking: a person must look. Later evidence still settles it. */
    UNRESOLVED,
    /** Its outcome is known and nothing is sent any more; its outcome handler has not committed yet. */
    HANDLING,
    /** It happened exactly once. */
    EXECUTED,
    /** The receiver declared a refusal; it did not happen and never will. */
    REJECTED,
    /** It did not happen and never will. */
    NEVER;

    public boolean isFinal() {
        return compareTo(EXECUTED) >= 0;
    }

    /** The word for it in rows, JSON and messages: {@code in-doubt}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The state with this word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static CallState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
