package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.List;

/**
 * Open calls that a person should look at, grouped: unresolved ones, those in doubt for long, and those whose outcome
 * handler keeps failing.
 *
 * @param groups the largest first, at most 200
 * @param cut whether there are more such calls than were grouped, {@link #BOUND} of each state, the oldest doubts
 */
public record Attention(List<Group> groups, boolean cut) {

    /** How many calls of a state are grouped. */
    public static final int BOUND = 3_000;

    public Attention {
        groups = List.copyOf(groups);
    }

    /**
     * Calls that are alike.
     *
     * @param target its configured name
     * @param operation method and path, with {@code *} for numbers and UUIDs
     * @param state unresolved, in doubt or handling
     * @param cause what their last attempts showed, with {@code *} for numbers and UUIDs, at most 160 characters
     * @param calls how many
     * @param oldest when the oldest of them was recorded
     * @param example the key of that one
     */
    public record Group(
            String target,
            String operation,
            CallState state,
            String cause,
            int calls,
            Instant oldest,
            IdempotencyKey example) {}
}
