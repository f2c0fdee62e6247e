package dev.nodoubt.services.mail;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be told by mail. Valid once it exists; {@code toString} shows neither address nor content.
 *
 * @param to one ASCII address, at most 254 characters
 * @param subject 1 to 200 characters on one line
 * @param text 1 to 100 000 characters; any script, tabs and line breaks allowed
 * @param transferId of the transfer that it tells of, 1 to 128 visible ASCII characters; null when there is none
 */
record Notification(
        String to, String subject, String text, @Nullable String transferId) {

    static final int MAX_ADDRESS = 254;
    static final int MAX_SUBJECT = 200;
    static final int MAX_TEXT = 100_000;

    private static final Pattern ADDRESS =
            Pattern.compile("(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern TRANSFER_ID = Pattern.compile("[!-~]{1,128}");

    Notification {
        if (to.length() > MAX_ADDRESS || !ADDRESS.matcher(to).matches()) {
            throw new InvalidField(
                    "to",
                    "must be one ASCII address like name@example.com of at most " + MAX_ADDRESS + " characters",
                    quoted(to));
        }
        requireLength("subject", subject, MAX_SUBJECT);
        requireReadable("subject", subject, "");
        requireLength("text", text, MAX_TEXT);
        requireReadable("text", text, "\t\r\n");
        if (transferId != null && !TRANSFER_ID.matcher(transferId).matches()) {
            throw new InvalidField("X-Transfer-Id", "must be 1 to 128 visible ASCII characters", quoted(transferId));
        }
    }

    private static void requireLength(String field, String value, int most) {
        if (value.isBlank() || value.length() > most) {
            throw new InvalidField(
                    field,
                    "must have 1 to " + most + " characters and not only spaces",
                    value.isBlank() ? quoted(value) : value.length() + " characters");
        }
    }

    /** A line break in a header would start another header; a lone surrogate cannot be written as UTF-8. */
    private static void requireReadable(String field, String value, String allowedControls) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            int c = value.codePointAt(i);
            boolean control = Character.isISOControl(c) && allowedControls.indexOf(c) < 0;
            boolean separator = allowedControls.isEmpty() && (c == '\u2028' || c == '\u2029');
            if (control || separator || Character.getType(c) == Character.SURROGATE) {
                throw new InvalidField(
                        field,
                        allowedControls.isEmpty()
                                ? "must be one line without control characters"
                                : "must have no control characters but tabs and line breaks",
                        String.format("U+%04X at character %d", c, i + 1));
            }
        }
    }

    private static String quoted(String value) {
        return '"' + value + '"';
    }

    @Override
    public String toString() {
        return "notification of " + text.length() + " characters";
    }
}
