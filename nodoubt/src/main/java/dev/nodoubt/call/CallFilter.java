package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an operator searches calls for: all that match every given part, newest first, a page at a time. What no index
 * answers, which is {@code text} and {@code attemptsMoreThan}, is looked for among the newest {@link #BOUND} calls that
 * match the rest, so that a page takes its time whatever is in the tables. Immutable.
 *
 * @param query states, target, reference and tag, {@code before} for the next page, and the limit
 * @param keyPrefix the first characters of the key, hexadecimal with its hyphens, 1 to 36; null for any
 * @param text a part of what the last attempt showed, in any case, 1 to 200 characters: only open calls say that; null for
 *     any
 * @param attemptsMoreThan 0 or more; null for any
 * @param madeFrom not made before, by the time in the key; null for any
 * @param madeTo made before, by the time in the key; null for any
 * @param after for the page before: only calls whose keys were made after this one's, which is the first one of the page;
 *     null from the newest
 */
public record CallFilter(
        CallQuery query,
        @Nullable String keyPrefix,
        @Nullable String text,
        @Nullable Integer attemptsMoreThan,
        @Nullable Instant madeFrom,
        @Nullable Instant madeTo,
        @Nullable IdempotencyKey after) {

    /** Among how many calls a page is looked for that no index answers. */
    public static final int BOUND = 10_000;

    private static final Pattern KEY_PREFIX = Pattern.compile("[0-9a-f-]{1,36}");

    /** A filter for what this asks, and for nothing else. */
    public static CallFilter of(CallQuery query) {
        return new CallFilter(query, null, null, null, null, null, null);
    }

    public CallFilter {
        require(keyPrefix == null || KEY_PREFIX.matcher(keyPrefix).matches(), "keyPrefix", "1 to 36 of 0-9a-f-");
        require(text == null || (!text.isBlank() && text.length() <= 200), "text", "1 to 200 characters, not blank");
        require(attemptsMoreThan == null || attemptsMoreThan >= 0, "attemptsMoreThan", ">= 0");
        require(after == null || query.before() == null, "after", "null where the query has a before");
    }

    private static void require(boolean holds, String property, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("search: " + property + " must be " + rule);
        }
    }

    public CallFilter withQuery(CallQuery wanted) {
        return new CallFilter(wanted, keyPrefix, text, attemptsMoreThan, madeFrom, madeTo, after);
    }

    public CallFilter withKeyPrefix(String wanted) {
        return new CallFilter(query, wanted, text, attemptsMoreThan, madeFrom, madeTo, after);
    }

    public CallFilter withText(String wanted) {
        return new CallFilter(query, keyPrefix, wanted, attemptsMoreThan, madeFrom, madeTo, after);
    }

    public CallFilter withAttemptsMoreThan(int wanted) {
        return new CallFilter(query, keyPrefix, text, wanted, madeFrom, madeTo, after);
    }

    /** @param to not included */
    public CallFilter made(@Nullable Instant from, @Nullable Instant to) {
        return new CallFilter(query, keyPrefix, text, attemptsMoreThan, from, to, after);
    }

    /** The page that follows this call: older ones. */
    public CallFilter olderThan(IdempotencyKey last) {
        CallQuery older =
                new CallQuery(query.states(), query.target(), query.reference(), query.tag(), last, query.limit());
        return new CallFilter(older, keyPrefix, text, attemptsMoreThan, madeFrom, madeTo, null);
    }

    /** The page before this call: newer ones. */
    public CallFilter newerThan(IdempotencyKey first) {
        CallQuery any =
                new CallQuery(query.states(), query.target(), query.reference(), query.tag(), null, query.limit());
        return new CallFilter(any, keyPrefix, text, attemptsMoreThan, madeFrom, madeTo, first);
    }

    /** Whether a part asks for what no index answers. */
    public boolean isBounded() {
        return text != null || attemptsMoreThan != null;
    }
}
