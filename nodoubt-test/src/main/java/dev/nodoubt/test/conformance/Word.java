package dev.nodoubt.test.conformance;

import java.util.Locale;

/** The values of {@code Nodoubt-Outcome} (protocol, section 1). */
enum Word {
    EXECUTED,
    REJECTED,
    FENCED,
    EXPIRED,
    IN_PROGRESS,
    ABSENT,
    NOT_EXECUTED,
    UNKNOWN;

    String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean settles() {
        return this == EXECUTED || this == REJECTED || this == FENCED;
    }
}
