package dev.nodoubt.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A media type as far as a fingerprint needs it (RFC 9110, section 8.3.1).
 *
 * @param name type and subtype in lower case; empty when there is none
 * @param parameters what follows the first semicolon, as received; may be empty
 */
record MediaType(String name, String parameters) {

    /** RFC 2046, section 5.1.1: 1 to 70 characters, no space at the end. */
    private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

    static MediaType of(String value) {
        int semicolon = value.indexOf(';');
        String name = semicolon < 0 ? value : value.substring(0, semicolon);
        return new MediaType(
                name.strip().toLowerCase(Locale.ROOT), semicolon < 0 ? "" : value.substring(semicolon + 1));
    }

    boolean isJson() {
        return name.equals("application/json") || name.endsWith("+json");
    }

    /**
     * The boundary of a multipart type; empty of another type, and when it is missing, malformed or there twice. Without
     * quotes it may have characters that are none of a token, as some composers send it so.
     */
    Optional<String> boundary() {
        if (!name.startsWith("multipart/")) {
            return Optional.empty();
        }
        String boundary = null;
        FieldCursor cursor = new FieldCursor(parameters);
        while (!cursor.atEnd()) {
            cursor.skipWhitespace();
            String parameter = cursor.upTo("=;\"");
            String value = cursor.take('=') ? cursor.word(";\"") : "";
            cursor.skipWhitespace();
            if (value == null || !(cursor.take(';') || cursor.atEnd())) {
                return Optional.empty();
            }
            if (parameter.equalsIgnoreCase("boundary")) {
                if (boundary != null) {
                    return Optional.empty();
                }
                boundary = value;
            }
        }
        return Optional.ofNullable(boundary).filter(b -> BOUNDARY.matcher(b).matches());
    }
}
