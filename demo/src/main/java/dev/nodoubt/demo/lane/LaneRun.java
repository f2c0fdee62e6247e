package dev.nodoubt.demo.lane;

import java.util.List;

/**
 * How fast a lane was.
 *
 * @param latencies nanoseconds that each transfer's client waited, ascending
 * @param seconds from the first transfer until every client had its last answer
 * @param settledAfter seconds from the first transfer until nothing was under way any more
 */
public record LaneRun(List<Long> latencies, double seconds, double settledAfter) {

    public LaneRun {
        latencies = latencies.stream().sorted().toList();
    }

    /** The wait within which this share of transfers had an answer, in milliseconds; by nearest rank. */
    public double percentileMillis(double percent) {
        if (latencies.isEmpty()) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * latencies.size());
        return latencies.get(Math.max(rank, 1) - 1) / 1e6;
    }

    /** Answered transfers a second. */
    public double perSecond() {
        return seconds == 0 ? 0 : latencies.size() / seconds;
    }
}
