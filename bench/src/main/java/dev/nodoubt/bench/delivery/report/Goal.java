package dev.nodoubt.bench.delivery.report;

import java.util.Optional;

/**
 * What a ratio is judged by.
 *
 * @param atLeast whether more is better
 * @param reach what counts as done
 * @param aim what is hoped for
 * @param ideal what an ideal showed on the machine on which reach and aim were chosen, where more is better; empty where
 *     the machine does not matter
 */
record Goal(boolean atLeast, double reach, double aim, Optional<Double> ideal) {

    static Goal atLeast(double reach, double aim) {
        return new Goal(true, reach, aim, Optional.empty());
    }

    static Goal atMost(double reach, double aim) {
        return new Goal(false, reach, aim, Optional.empty());
    }

    Goal whereTheIdealShowed(double value) {
        return new Goal(atLeast, reach, aim, Optional.of(value));
    }

    /**
     * The same goal for what a quantity is beside the ideal of the same run: the part of it that was asked for, and no
     * more than all of it. Empty where the machine does not matter.
     */
    Optional<Goal> besideIdeal() {
        return ideal.map(showed -> atLeast(part(reach, showed), part(aim, showed)));
    }

    private static double part(double bound, double ideal) {
        return Numbers.asShown(Math.min(1, bound / ideal));
    }

    String text(double bound) {
        return (atLeast ? "≥ " : "≤ ") + Numbers.exact(bound);
    }

    /** In one word, how far this is, as it is shown: whoever reads the number comes to the same word. */
    String judge(double value) {
        double shown = Numbers.asShown(value);
        if (meets(shown, aim)) {
            return "aim";
        }
        return meets(shown, reach) ? "reach" : "missed";
    }

    private boolean meets(double value, double bound) {
        return atLeast ? value >= bound : value <= bound;
    }
}
