package dev.nodoubt.wire;

import dev.nodoubt.IdempotencyKey;
import java.util.List;

/**
 * The {@code Idempotency-Key} header of a request: exactly one structured-field String (RFC 9651, section 3.3.3), in
 * lenient mode also the key alone without quotes. Parameters carry no meaning here and are refused.
 */
sealed interface KeyHeader {

    record Present(IdempotencyKey key) implements KeyHeader {}

    record Missing() implements KeyHeader {}

    /**
     * @param rule one line for the caller, without the value
     */
    record Malformed(String rule) implements KeyHeader {}

    /**
     * Reads the header.
     *
     * @param lenient whether a key without quotes is taken
     */
    static KeyHeader of(Headers headers, boolean lenient) {
        List<String> values = headers.all(Headers.IDEMPOTENCY_KEY);
        if (values.isEmpty()) {
            return new Missing();
        }
        if (values.size() > 1) {
            return malformed("must come once, came " + values.size() + " times");
        }
        String value = withoutWhitespace(values.get(0));
        if (value.isEmpty()) {
            return malformed("must not be empty");
        }
        if (value.charAt(0) == '"') {
            return quoted(value);
        }
        return lenient ? bare(value) : malformed("must be a quoted string, such as \"0192f0c1-…\"");
    }

    private static KeyHeader quoted(String value) {
        StringBuilder content = new StringBuilder(value.length());
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                return i == value.length() - 1
                        ? key(content.toString())
                        : malformed(
                                "must be one string without list or parameters, has more after character " + (i + 1));
            }
            if (c == '\\') {
                i++;
                if (i == value.length() || (value.charAt(i) != '"' && value.charAt(i) != '\\')) {
                    return malformed("may escape quotes and backslashes only, has another escape at character " + i);
                }
                c = value.charAt(i);
            }
            content.append(c);
        }
        return malformed("lacks its closing quote");
    }

    private static KeyHeader bare(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (",;\"\\ \t".indexOf(value.charAt(i)) >= 0) {
                return malformed("must be one key without list or parameters, has more at character " + (i + 1));
            }
        }
        return key(value);
    }

    private static KeyHeader key(String value) {
        try {
            return new Present(IdempotencyKey.of(value));
        } catch (IllegalArgumentException e) {
            return malformed("must be 16 to 255 visible ASCII characters, has " + value.length() + " characters"
                    + (value.length() < 16 || value.length() > 255 ? "" : ", some of them not visible ASCII"));
        }
    }

    private static KeyHeader malformed(String rule) {
        return new Malformed(Headers.IDEMPOTENCY_KEY + " " + rule);
    }

    /** What HTTP allows around a field's value: spaces and tabs. */
    private static String withoutWhitespace(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && " \t".indexOf(value.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && " \t".indexOf(value.charAt(to - 1)) >= 0) {
            to--;
        }
        return value.substring(from, to);
    }
}
