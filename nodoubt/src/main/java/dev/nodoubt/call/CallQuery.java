package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to search recorded calls for: all that match every given part, newest first, a page at a time. Immutable.
 *
 * @param states none for any
 * @param target configured name; null for any
 * @param reference as the application gave it; null for any
 * @param tag as the application gave it; null for any
 * @param before only calls whose keys were made before this one's: the last one of the page before; null from the newest
 * @param limit of the page, 1 to 1,000
 */
public record CallQuery(
        Set<CallState> states,
        @Nullable String target,
        @Nullable String reference,
        @Nullable String tag,
        @Nullable IdempotencyKey before,
        int limit) {

    /** The newest hundred calls. */
    public static final CallQuery NEWEST = new CallQuery(Set.of(), null, null, null, null, 100);

    public CallQuery {
        states = Set.copyOf(states);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("search: limit must be 1 to 1000, was " + limit);
        }
    }

    public CallQuery in(CallState... wanted) {
        return new CallQuery(Set.of(wanted), target, reference, tag, before, limit);
    }

    public CallQuery to(String wanted) {
        return new CallQuery(states, wanted, reference, tag, before, limit);
    }

    public CallQuery withReference(String wanted) {
        return new CallQuery(states, target, wanted, tag, before, limit);
    }

    public CallQuery withTag(String wanted) {
        return new CallQuery(states, target, reference, wanted, before, limit);
    }

    /** The page after the one that ends with this call. */
    public CallQuery after(RecordedCall last) {
        return new CallQuery(states, target, reference, tag, last.key(), limit);
    }

    public CallQuery limit(int most) {
        return new CallQuery(states, target, reference, tag, before, most);
    }
}
