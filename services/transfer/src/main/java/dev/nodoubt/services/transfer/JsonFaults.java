package dev.nodoubt.services.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.PropertyBindingException;

/** Turns what the JSON parser met into field, rule and value, without the parser's words and without the body. */
final class JsonFaults {

    private static final String BODY = "request body";

    private JsonFaults() {}

    static InvalidInput explain(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInput input) {
                return input;
            }
            if (cause instanceof PropertyBindingException unknown) {
                return new InvalidInput(
                        InvalidInput.shortened(unknown.getPropertyName()),
                        "is no field of this request; leave it away",
                        null);
            }
            if (cause instanceof MismatchedInputException mismatch) {
                return mismatch(mismatch);
            }
            if (cause instanceof StreamReadException malformed) {
                return new InvalidInput(BODY, "must be valid JSON in UTF-8, once" + place(malformed), null);
            }
        }
        return new InvalidInput(BODY, "must be a JSON object", null);
    }

    private static InvalidInput mismatch(MismatchedInputException mismatch) {
        List<JacksonException.Reference> path = mismatch.getPath();
        String field = path.isEmpty() ? null : path.get(path.size() - 1).getPropertyName();
        String was = kind(mismatch.getCurrentToken());
        if (field == null) {
            return new InvalidInput(BODY, "must be one JSON object", was);
        }
        boolean decimal = field.equals("amount") || field.equals("balance");
        return new InvalidInput(field, "must be a JSON string" + (decimal ? ", as \"12.34\"" : ""), was);
    }

    private static String place(StreamReadException malformed) {
        TokenStreamLocation at = malformed.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static @Nullable String kind(@Nullable JsonToken token) {
        if (token == null) {
            return null;
        }
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a JSON number";
            case VALUE_TRUE, VALUE_FALSE -> "a JSON boolean";
            case VALUE_STRING -> "a JSON string";
            case VALUE_NULL -> "null";
            case START_ARRAY, END_ARRAY -> "a JSON array";
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "a JSON object";
            default -> null;
        };
    }
}
