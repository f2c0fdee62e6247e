package dev.nodoubt.bench.delivery.report;

/**
 * What a ratio is judged by.
 *
 * @param atLeast whether more is better
 * @param reach what counts as done
 * @param aim what is hoped for
 */
record Goal(boolean atLeast, double reach, double aim) {

    static Goal atLeast(double reach, double aim) {
        return new Goal(true, reach, aim);
    }

    static Goal atMost(double reach, double aim) {
        return new Goal(false, reach, aim);
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
