package dev.nodoubt.wire;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Nodoubt-First-Sent} header of a request with a foreign key (protocol, section 2): exactly one
 * structured-field Date, {@code @} and whole seconds since 1970 (RFC 9651, section 3.3.7). Parameters carry no meaning
 * here and are refused.
 */
sealed interface FirstSentHeader {

    record Present(Instant time) implements FirstSentHeader {}

    record Missing() implements FirstSentHeader {}

    /**
     * A header that says no time.
     *
     * @param rule one line for the caller, without the value
     */
    record Malformed(String rule) implements FirstSentHeader {}

    /** A structured-field Integer has at most 15 digits, which every Instant holds. */
    Pattern DATE = Pattern.compile("[ \\t]*@(-?[0-9]{1,15})[ \\t]*");

    static FirstSentHeader of(Headers headers) {
        List<String> values = headers.all(Headers.FIRST_SENT);
        if (values.isEmpty()) {
            return new Missing();
        }
        if (values.size() > 1) {
            return new Malformed(Headers.FIRST_SENT + " must come once, came " + values.size() + " times");
        }
        Matcher date = DATE.matcher(values.get(0));
        return date.matches()
                ? new Present(Instant.ofEpochSecond(Long.parseLong(date.group(1))))
                : new Malformed(Headers.FIRST_SENT
                        + " must be a date of whole seconds since 1970 and nothing else, such as @1784073600");
    }
}
