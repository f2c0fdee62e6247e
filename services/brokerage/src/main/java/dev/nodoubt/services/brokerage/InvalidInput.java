package dev.nodoubt.services.brokerage;

import org.jspecify.annotations.Nullable;

/** A value that breaks a rule of form: the caller's mistake, answered with 400. */
final class InvalidInput extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 80;

    private final String field;
    private final String rule;
    private final @Nullable String value;

    InvalidInput(String field, String rule, @Nullable String value) {
        super(field + " " + rule + (value == null ? "" : ", was \"" + shortened(value) + "\""));
        this.field = field;
        this.rule = rule;
        this.value = value == null ? null : shortened(value);
    }

    String field() {
        return field;
    }

    String rule() {
        return rule;
    }

    /** At most 80 characters of it; null when there was none. */
    @Nullable
    String value() {
        return value;
    }

    private static String shortened(String value) {
        int end =
                value.codePointCount(0, value.length()) <= SHOWN ? value.length() : value.offsetByCodePoints(0, SHOWN);
        return value.substring(0, end);
    }
}
