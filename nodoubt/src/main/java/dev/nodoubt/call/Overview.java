package dev.nodoubt.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where all calls stand at this moment, bounded however many there are: exact while no more than {@link #BOUND} calls are
 * open, and "so many or more" above.
 *
 * @param at the store's time
 * @param open calls by their open state; every open state is there
 * @param oldest when the oldest open call was recorded; null when none is open
 * @param oldestDoubt since when the longest doubt lasts, of calls in doubt and unresolved ones; null when there is none
 * @param settled calls that became known, among those recorded lately
 * @param targets those with open calls, the one with the most of them in doubt or unresolved first
 */
public record Overview(
        Instant at,
        Map<CallState, Count> open,
        @Nullable Instant oldest,
        @Nullable Instant oldestDoubt,
        Lately settled,
        List<OfTarget> targets) {

    /** How many calls of a kind are counted exactly. */
    public static final int BOUND = 10_000;

    public Overview {
        open = Map.copyOf(open);
        targets = List.copyOf(targets);
    }

    /** How many calls stand there; none when the state is a final one. */
    public Count in(CallState state) {
        return open.getOrDefault(state, Count.NONE);
    }

    /**
     * Settled calls of those recorded within a while, at most {@link #BOUND} of them, the newest.
     *
     * @param recordedWithin the while, back from now
     * @param counts by final state; every final state is there
     */
    public record Lately(Duration recordedWithin, Map<CallState, Count> counts) {
        public Lately {
            counts = Map.copyOf(counts);
        }
    }

    /**
     * The open calls of one target.
     *
     * @param target its configured name
     * @param open by state; a state without calls is missing
     * @param oldest when the oldest of them was recorded, of those that were counted
     * @param oldestDoubt since when the longest doubt lasts; null when there is none
     */
    public record OfTarget(
            String target,
            Map<CallState, Count> open,
            Instant oldest,
            @Nullable Instant oldestDoubt) {
        public OfTarget {
            open = Map.copyOf(open);
        }

        public Count in(CallState state) {
            return open.getOrDefault(state, Count.NONE);
        }
    }
}
