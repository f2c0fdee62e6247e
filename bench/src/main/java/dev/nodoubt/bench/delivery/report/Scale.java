package dev.nodoubt.bench.delivery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis from its first tick to its last.
 *
 * @param logarithmic then every tick is ten times the one before it
 */
record Scale(boolean logarithmic, List<Double> ticks) {

    private static final int MOST_STEPS = 6;

    Scale {
        ticks = List.copyOf(ticks);
    }

    /** From zero to at least the greatest of these. */
    static Scale linear(DoubleStream values) {
        double greatest = values.filter(value -> value > 0).max().orElse(1);
        double power = Math.pow(10, Math.floor(Math.log10(greatest)));
        double step = 2 * power;
        for (double part : List.of(1.0, 0.5, 0.2)) {
            if (Math.ceil(greatest / (part * power)) <= MOST_STEPS) {
                step = part * power;
            }
        }
        int steps = (int) Math.ceil(greatest / step);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            ticks.add(i * step);
        }
        return new Scale(false, ticks);
    }

    /** Powers of ten around these; what is not above zero is not looked at. */
    static Scale logarithmic(DoubleStream values) {
        double[] positive = values.filter(value -> value > 0).sorted().toArray();
        int from = positive.length == 0 ? 0 : (int) Math.ceil(Math.log10(positive[0])) - 1;
        int to = positive.length == 0 ? 1 : (int) Math.ceil(Math.log10(positive[positive.length - 1]));
        List<Double> ticks = new ArrayList<>();
        for (int exponent = from; exponent <= Math.max(to, from + 1); exponent++) {
            ticks.add(Math.pow(10, exponent));
        }
        return new Scale(true, ticks);
    }

    /** From 0 at the first tick to 1 at the last; what lies beyond them stays at the border. */
    double position(double value) {
        double from = place(ticks.get(0));
        double to = place(ticks.get(ticks.size() - 1));
        return Math.min(1, Math.max(0, (place(value) - from) / (to - from)));
    }

    private double place(double value) {
        return logarithmic ? Math.log10(value) : value;
    }
}
