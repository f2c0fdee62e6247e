package dev.nodoubt.services.mail;

import org.jspecify.annotations.Nullable;

/** A field of a request breaks a rule. The message names field, rule and value, the value shortened. */
final class InvalidField extends IllegalArgumentException {

    private static final int SHOWN = 60;

    private final String field;
    private final String rule;
    private final @Nullable String value;

    /**
     * A field that must be something and is not.
     *
     * @param rule continues the field's name: {@code must be a string}
     * @param value what came instead; null when nothing came
     */
    InvalidField(String field, String rule, @Nullable String value) {
        super(field + " " + rule + (value == null ? ", is missing" : ", was " + shorten(value)));
        this.field = field;
        this.rule = rule;
        this.value = value == null ? null : shorten(value);
    }

    private static String shorten(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(SHOWN)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || isSurrogate(c) ? '\uFFFD' : c));
        return value.codePointCount(0, value.length()) > SHOWN
                ? shown + "… (" + value.length() + " characters)"
                : shown.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    String field() {
        return field;
    }

    String rule() {
        return rule;
    }

    @Nullable
    String value() {
        return value;
    }
}
