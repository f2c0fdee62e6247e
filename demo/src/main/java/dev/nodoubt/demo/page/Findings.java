package dev.nodoubt.demo.page;

import dev.nodoubt.demo.lane.LaneResult;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * What a run showed.
 *
 * @param at when the run ended
 * @param seed of the network's faults
 * @param lanes in the order in which they ran, at least one; the last one is the one that promises something
 * @param peakMemoryMb of all processes together
 * @param kept whether the promise was kept
 * @param verdict the same as a sentence
 */
public record Findings(
        ZonedDateTime at, long seed, List<LaneResult> lanes, long peakMemoryMb, boolean kept, String verdict) {

    /** How many transfers each lane was given. */
    int transfers() {
        return lanes.get(0).count().transfers();
    }
}
