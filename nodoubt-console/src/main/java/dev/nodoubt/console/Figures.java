package dev.nodoubt.console;

import java.util.Locale;

/** Numbers that pages show as they change. Used by one thread. */
interface Figures {

    /**
     * As plots and numbers take them: members of a JSON object without its braces.
     *
     * @throws RuntimeException when they cannot be read now
     */
    String json();

    /** Nobody watched for a while: what is counted from one time to the next begins anew. */
    void pause();

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
