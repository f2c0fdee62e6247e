package dev.nodoubt.wire;

/**
 * A JSON number as ECMAScript writes it (RFC 8785, section 3.2.2.3), from its exact decimal value.
 *
 * <p>A departure from the RFC, which rounds to a double first: 9007199254740993 and 9007199254740992 are one double, and
 * would be one amount. Every spelling that a double's shortest form equals is written as the RFC says; another keeps
 * its digits, in the same layout. So two numbers are equal here if, and only if, their values are.
 */
final class CanonicalNumber {

    /** Above, the exponent's arithmetic would need more than a long. */
    private static final int LONGEST_EXPONENT = 15;

    /** ECMAScript's bounds: within, no exponent is written. */
    private static final int MOST_WHOLE_DIGITS = 21;

    private static final int MOST_LEADING_ZEROS = 6;

    private CanonicalNumber() {}

    /**
     * Appends a number.
     *
     * @param number well-formed JSON
     * @throws ArithmeticException when its exponent has more than 15 digits
     */
    static void append(String number, StringBuilder out) {
        int exponentAt = Math.max(number.indexOf('e'), number.indexOf('E'));
        String mantissa = exponentAt < 0 ? number : number.substring(0, exponentAt);
        boolean negative = mantissa.charAt(0) == '-';
        int pointAt = mantissa.indexOf('.');
        String whole = mantissa.substring(negative ? 1 : 0, pointAt < 0 ? mantissa.length() : pointAt);
        String all = pointAt < 0 ? whole : whole + mantissa.substring(pointAt + 1);
        int from = 0;
        while (from < all.length() && all.charAt(from) == '0') {
            from++;
        }
        int to = all.length();
        while (to > from && all.charAt(to - 1) == '0') {
            to--;
        }
        if (from == to) {
            out.append('0');
            return;
        }
        long exponent = exponentAt < 0 ? 0 : exponent(number.substring(exponentAt + 1));
        layOut(negative, all.substring(from, to), whole.length() - from + exponent, out);
    }

    private static long exponent(String digits) {
        if (digits.length() > LONGEST_EXPONENT) {
            throw new ArithmeticException("an exponent of " + digits.length() + " characters");
        }
        return Long.parseLong(digits);
    }

    /**
     * ECMAScript's Number::toString.
     *
     * @param digits without zeros at either end
     * @param point the value is 0.digits times ten to this power
     */
    private static void layOut(boolean negative, String digits, long point, StringBuilder out) {
        if (negative) {
            out.append('-');
        }
        int count = digits.length();
        if (count <= point && point <= MOST_WHOLE_DIGITS) {
            out.append(digits).append("0".repeat((int) point - count));
        } else if (0 < point && point <= MOST_WHOLE_DIGITS) {
            out.append(digits, 0, (int) point).append('.').append(digits, (int) point, count);
        } else if (-MOST_LEADING_ZEROS < point && point <= 0) {
            out.append("0.").append("0".repeat((int) -point)).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (count > 1) {
                out.append('.').append(digits, 1, count);
            }
            out.append('e').append(point > 0 ? "+" : "").append(point - 1);
        }
    }
}
