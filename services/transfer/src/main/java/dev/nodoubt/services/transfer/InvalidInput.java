package dev.nodoubt.services.transfer;

import org.jspecify.annotations.Nullable;

/** A value that breaks a rule of form, before anything was looked up: the caller's mistake, answered with 400. */
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

    static InvalidInput missing(String field) {
        return new InvalidInput(field, "is required", null);
    }

    String field() {
        return field;
    }

    String rule() {
        return rule;
    }

    /** The value as far as it may be shown: at most 80 characters; null when there was none. */
    @Nullable
    String value() {
        return value;
    }

    /** Cuts between code points, so that half a character never reaches a log or an answer. */
    static String shortened(String value) {
        if (value.length() <= SHOWN) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return value.substring(0, end) + "…";
    }
}
