package dev.nodoubt.bench.delivery.report;

import java.util.Optional;
import java.util.stream.DoubleStream;

/** Of one quantity over the rounds. */
record Spread(double median, double least, double greatest) {

    /** Empty when there are no values. */
    static Optional<Spread> of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Spread(median, sorted[0], sorted[sorted.length - 1]));
    }

    /** Such as {@code 0.62 (0.58–0.66)}. */
    String text() {
        return least == greatest
                ? Numbers.text(median)
                : Numbers.text(median) + " (" + Numbers.text(least) + "–" + Numbers.text(greatest) + ")";
    }
}
