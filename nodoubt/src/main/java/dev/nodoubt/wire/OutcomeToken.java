package dev.nodoubt.wire;

import java.util.Locale;
import java.util.Optional;

/** The values of {@code Nodoubt-Outcome} (protocol, section 1). */
enum OutcomeToken {
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

    static Optional<OutcomeToken> of(String value) {
        for (OutcomeToken token : values()) {
            if (token.value().equals(value.trim())) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }
}
