package dev.nodoubt.bench.delivery.report;

import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What somebody's quantity is beside another's of the same round: what drifts between rounds meets both.
 *
 * @param label what is compared, without whom with
 * @param quantity the name of a measured value
 */
record Ratio(String label, String quantity, Beside beside, Goal goal) {

    static final String IDEAL = "ideal";

    /** Whom with, and how. */
    enum Beside {
        TRANSFER(" ÷ the transfer alone", "transfer"),
        PLAIN(" ÷ transfer and plain call", "plain"),
        /** The best of this quantity in this run; better is what the goal calls so. */
        BEST_PEER(" ÷ the best peer", ""),
        BEYOND_TRANSFER(" beyond the transfer alone", "transfer"),
        /** The quantity itself. */
        NOBODY("", "");

        private final String words;
        private final String title;

        Beside(String words, String title) {
            this.words = words;
            this.title = title;
        }
    }

    /** With the best peer's name where there is one. */
    String text(Run run) {
        String words = label + beside.words;
        return beside == Beside.BEST_PEER
                ? other(run).map(peer -> words + " (" + peer + ")").orElse(words)
                : words;
    }

    /** The median of what the rounds showed; empty when one of the two did not take part. */
    Optional<Spread> of(Run run, String contender) {
        if (beside == Beside.NOBODY) {
            return run.spread(contender, quantity);
        }
        return other(run)
                .flatMap(other -> Spread.of(
                        run.rounds().stream().flatMapToDouble(round -> within(run, round, contender, other))));
    }

    private DoubleStream within(Run run, int round, String contender, String other) {
        return run.value(contender, round, quantity).stream()
                .flatMap(mine -> run.value(other, round, quantity).stream()
                        .map(theirs -> beside == Beside.BEYOND_TRANSFER ? mine - theirs : mine / theirs))
                .filter(Double::isFinite);
    }

    /** What this is beside the ideal's of the same round; empty when one of those that it takes did not take part. */
    Optional<Spread> besideIdeal(Run run, String contender) {
        if (beside == Beside.BEYOND_TRANSFER) {
            return Optional.empty(); // what is beyond may be next to nothing: no divisor
        }
        return other(run)
                .flatMap(other -> Spread.of(run.rounds().stream()
                        .flatMapToDouble(round -> within(run, round, contender, other)
                                .flatMap(
                                        mine -> within(run, round, IDEAL, other).map(its -> mine / its)))
                        .filter(Double::isFinite)));
    }

    private Optional<String> other(Run run) {
        return beside == Beside.BEST_PEER
                ? run.bestPeer(quantity, goal.atLeast())
                : Optional.of(beside.title).filter(title -> !title.isEmpty());
    }
}
