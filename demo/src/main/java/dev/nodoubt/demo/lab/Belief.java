package dev.nodoubt.demo.lab;

import java.util.Locale;

/** What the caller has on record of a transfer and its mail. */
enum Belief {
    /** The transfer has not committed. */
    OPEN,
    /** The transfer was rolled back. */
    ROLLED_BACK,
    /** Committed; nothing is known of the mail so far, and nothing has gone wrong. */
    WAITING,
    /** Committed; whether the mail was taken is not known. */
    IN_DOUBT,
    /** Committed, and a person has to look. */
    UNRESOLVED,
    /** The mail was taken. */
    EXECUTED,
    /** The mail was refused. */
    REJECTED,
    /** The mail was not taken, and never will be. */
    NEVER,
    /** The mail was not taken, and nobody tries any more. */
    NOT_SENT;

    /** By the transfer service's word. */
    static Belief of(String outcome) {
        return switch (outcome) {
            case "waiting", "handling" -> WAITING;
            default -> valueOf(outcome.toUpperCase(Locale.ROOT).replace('-', '_'));
        };
    }

    /** Whether the caller does not know what became of the mail of a committed transfer. */
    boolean isOpen() {
        return this == WAITING || this == IN_DOUBT || this == UNRESOLVED;
    }
}
