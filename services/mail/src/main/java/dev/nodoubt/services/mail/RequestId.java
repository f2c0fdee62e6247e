package dev.nodoubt.services.mail;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The header {@code Request-Id}, by which a row tells of a request. */
final class RequestId {

    private static final String HEADER = "Request-Id";
    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private RequestId() {}

    /** @throws InvalidField when it is no UUID, or not there once */
    static UUID of(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HEADER));
        if (values.size() != 1) {
            throw new InvalidField(HEADER, "must be given once", values.size() + " times");
        }
        String value = values.get(0);
        if (!FORM.matcher(value).matches()) {
            throw new InvalidField(HEADER, "must be a UUID", '"' + value + '"');
        }
        return UUID.fromString(value);
    }
}
