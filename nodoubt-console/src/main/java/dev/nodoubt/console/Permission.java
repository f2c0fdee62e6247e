package dev.nodoubt.console;

import java.util.Locale;

/** What an operator may do in the console. Each is given by itself; none but {@link #VIEW} is needed for another. */
public enum Permission {
    /** See the pages; without it the console does not exist for a request. Payloads stay masked. */
    VIEW,
    /** Attempt open calls now instead of at their time. */
    ATTEMPT,
    /** Ask the target now what became of calls in doubt. */
    ASK,
    /** Have a call fenced: it never happens any more unless it already has. */
    FENCE,
    /** Give up calls: those that were never sent end at once. */
    CANCEL,
    /** Pause targets and let them go on. */
    PAUSE,
    /** Settle an unresolved call by hand, with evidence. */
    SETTLE,
    /** Read the payloads of requests and replies. */
    REVEAL;

    /** Its word in properties, forms and the audit: {@code attempt}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
