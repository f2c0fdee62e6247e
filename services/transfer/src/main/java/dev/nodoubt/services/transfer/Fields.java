package dev.nodoubt.services.transfer;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of text fields. Lengths count Unicode code points: a Korean syllable or an emoji is one, whatever it weighs. */
final class Fields {

    private static final Pattern ACCOUNT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,35}");
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern EMAIL = Pattern.compile("(?=[^@]{1,64}@)" + dotted(ATOM) + "@" + dotted(LABEL));
    private static final int LONGEST_EMAIL = 254;

    private Fields() {}

    static String accountId(String field, @Nullable String value) {
        if (value == null) {
            throw InvalidInput.missing(field);
        }
        if (!ACCOUNT_ID.matcher(value).matches()) {
            throw new InvalidInput(field, "must be 1 to 36 letters, digits or hyphens (A-Z a-z 0-9 -)", value);
        }
        return value;
    }

    static String email(String field, String value) {
        if (value.length() > LONGEST_EMAIL || !EMAIL.matcher(value).matches()) {
            throw new InvalidInput(
                    field, "must be one ASCII address like name@example.com of at most 254 characters", value);
        }
        return value;
    }

    /** One line for people to read. Its content is never repeated in a message, only its length. */
    static String line(String field, String value, int longest) {
        int length = value.codePointCount(0, value.length());
        if (length > longest) {
            throw new InvalidInput(field, "must have at most " + longest + " characters", length + " characters");
        }
        value.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                throw new InvalidInput(field, "must be one line without control characters", named(c));
            }
            // Half of a surrogate pair is no character: it cannot be stored or sent as UTF-8.
            if (type == Character.SURROGATE) {
                throw new InvalidInput(field, "must be valid Unicode", named(c));
            }
        });
        return value;
    }

    private static String dotted(String part) {
        return part + "(?:\\." + part + ")*";
    }

    private static String named(int codePoint) {
        return String.format("U+%04X", codePoint);
    }
}
