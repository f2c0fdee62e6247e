package dev.nodoubt.bench.delivery.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as they are read: three digits count, and what is large has them grouped. */
final class Numbers {

    private Numbers() {}

    static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%,." + decimals(value) + "f", value);
    }

    /** All of its digits: of what was chosen and not measured. */
    static String exact(double value) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    /** What is read when it is written as {@link #text} does. */
    static double asShown(double value) {
        double power = Math.pow(10, decimals(value));
        return Math.rint(value * power) / power;
    }

    private static int decimals(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return 0;
        }
        if (size >= 10) {
            return 1;
        }
        return size >= 0.1 ? 2 : 3;
    }
}
