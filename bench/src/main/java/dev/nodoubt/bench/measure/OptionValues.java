package dev.nodoubt.bench.measure;

import java.util.Deque;

/** What stands behind options. Stateless. */
public final class OptionValues {

    private OptionValues() {}

    /** What follows an option. */
    public static String value(String option, Deque<String> rest) throws InvalidOption {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new InvalidOption("option " + option + " needs a value; --help shows it");
        }
        return rest.pop();
    }

    /** What follows an option, within bounds. */
    public static int number(String option, String value, int least, int most) throws InvalidOption {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with what is out of bounds
        }
        throw new InvalidOption(
                "option " + option + " must be a whole number from " + least + " to " + most + ", was '" + value + "'");
    }
}
