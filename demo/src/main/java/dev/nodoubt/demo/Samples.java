package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.LaneRun;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long each of many things took, and when it began. Thread-safe. */
final class Samples {

    private final Queue<Sample> all = new ConcurrentLinkedQueue<>();

    /** Times in nanoseconds, as {@link System#nanoTime} counts them. */
    private record Sample(long began, long took) {}

    void add(long began, long ended) {
        all.add(new Sample(began, ended - began));
    }

    int size() {
        return all.size();
    }

    /** What began from one instant on and before another. */
    LaneRun between(long from, long until) {
        List<Long> took = all.stream()
                .filter(sample -> sample.began() - from >= 0 && sample.began() - until < 0)
                .map(Sample::took)
                .toList();
        double seconds = (until - from) / 1e9;
        return new LaneRun(took, seconds, seconds);
    }
}
