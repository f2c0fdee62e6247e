package dev.nodoubt.services.brokerage;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes JSON by its word: a string is never made of a number, nor a number of a string. */
final class Fields {

    private Fields() {}

    /** The string, which must have this form. */
    static String text(String field, @Nullable JsonNode value, Pattern form, String rule) {
        JsonNode given = given(field, value);
        if (!given.isString() || !form.matcher(given.asString()).matches()) {
            throw refused(field, rule, given);
        }
        return given.asString();
    }

    /** The whole number. */
    static long number(String field, @Nullable JsonNode value, long least, long most) {
        JsonNode given = given(field, value);
        boolean whole = given.isIntegralNumber() && given.canConvertToLong();
        if (!whole || given.asLong() < least || given.asLong() > most) {
            throw refused(field, "must be a whole JSON number from " + least + " to " + most, given);
        }
        return given.asLong();
    }

    private static JsonNode given(String field, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            throw new InvalidInput(field, "is required", null);
        }
        return value;
    }

    private static InvalidInput refused(String field, String rule, JsonNode given) {
        return new InvalidInput(field, rule, given.isString() ? given.asString() : given.toString());
    }
}
