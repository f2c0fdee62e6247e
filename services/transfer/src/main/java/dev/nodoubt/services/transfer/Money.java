package dev.nodoubt.services.transfer;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads decimals as they stand in the text, never through floating point, and keeps them at two decimals. */
final class Money {

    /** What a balance can hold: numeric(19,2). */
    static final BigDecimal LARGEST_BALANCE = new BigDecimal("99999999999999999.99");

    private static final String FORM = "a decimal number in a JSON string, as \"12.34\", without sign and exponent";
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final int LONGEST = 40;
    private static final int DIGITS = 17;
    private static final int SCALE = 2;

    private Money() {}

    /** What is transferred: more than zero, at most 17 digits in all, at most 2 of them after the point. */
    static BigDecimal amount(String field, @Nullable String text) {
        BigDecimal amount = decimal(field, text);
        if (amount.signum() <= 0) {
            throw new InvalidInput(field, "must be more than 0", text);
        }
        return amount;
    }

    /** What an account opens with: zero or more, otherwise as an amount. */
    static BigDecimal balance(String field, @Nullable String text) {
        return decimal(field, text);
    }

    /** As a column of two decimals gives it back. */
    static BigDecimal stored(BigDecimal number) {
        return number.setScale(SCALE);
    }

    private static BigDecimal decimal(String field, @Nullable String text) {
        if (text == null) {
            throw InvalidInput.missing(field);
        }
        // The length is bounded before anything is parsed: a number of a million digits costs seconds.
        if (text.length() > LONGEST) {
            throw new InvalidInput(field, "must have at most " + DIGITS + " digits", text);
        }
        if (text.matches("-[0-9].*") && DECIMAL.matcher(text.substring(1)).matches()) {
            throw new InvalidInput(field, "must not be negative", text);
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw new InvalidInput(field, "must be " + FORM, text);
        }
        BigDecimal number = new BigDecimal(text);
        if (number.scale() > SCALE) {
            throw new InvalidInput(field, "must have at most " + SCALE + " digits after the point", text);
        }
        if (number.precision() - number.scale() + SCALE > DIGITS) {
            throw new InvalidInput(field, "must have at most " + (DIGITS - SCALE) + " digits before the point", text);
        }
        return stored(number);
    }
}
