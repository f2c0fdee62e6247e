package dev.nodoubt.demo.nodes;

import dev.nodoubt.call.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures what a target that takes connections and never answers does to the other targets of its relay: the p99 from a
 * call's recording to its settlement, as a ratio to runs without that target. About four minutes; run it from the built
 * tree, on a machine that does nothing else:
 *
 * <pre>java -cp demo/target/nodoubt-demo.jar dev.nodoubt.demo.nodes.SlowTargetReport</pre>
 */
public final class SlowTargetReport {

    private static final int ROUNDS = 11;
    private static final int CALLS = 300;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Target.Breaker USUAL = Target.Breaker.DEFAULT;
    private static final Target.Breaker NEVER_OPEN = new Target.Breaker(10_000, Duration.ofSeconds(30), 3);

    private SlowTargetReport() {}

    public static void main(String[] arguments) {
        int exit = 1;
        try {
            measure("with the usual circuit breaker", new SlowTarget.Settings(ROUNDS, CALLS, PAUSE, USUAL));
            measure("with a breaker that does not open", new SlowTarget.Settings(ROUNDS, CALLS, PAUSE, NEVER_OPEN));
            exit = 0;
        } catch (Exception e) {
            System.err.println("slow target report: did not come to its end: " + e);
        }
        System.exit(exit);
    }

    private static void measure(String name, SlowTarget.Settings settings) throws Exception {
        try (SlowTarget measured = new SlowTarget(settings)) {
            System.out.println(name);
            System.out.print(table(measured.run()));
        }
    }

    /**
     * Each run's p50 and p99, their median, its ratio to that without the third target, and the median of the rounds' ratios.
     */
    static String table(Map<SlowTarget.Third, List<List<Double>>> runs) {
        StringBuilder table = new StringBuilder();
        List<List<Double>> without = runs.getOrDefault(SlowTarget.Third.IS_NOT_CALLED, List.of());
        runs.forEach((third, all) -> {
            row(table, third, all, 50, without);
            row(table, third, all, 99, without);
        });
        return table.toString();
    }

    private static void row(
            StringBuilder table,
            SlowTarget.Third third,
            List<List<Double>> runs,
            int percent,
            List<List<Double>> without) {
        String name = "third target " + third.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        table.append(String.format(Locale.ROOT, "%-32s p%d ms", name, percent));
        runs.forEach(run -> table.append(String.format(Locale.ROOT, " %7.2f", percentile(run, percent))));
        List<Double> times = runs.stream().map(run -> percentile(run, percent)).toList();
        List<Double> ratios = IntStream.range(0, runs.size())
                .mapToObj(i -> times.get(i) / percentile(without.get(i), percent))
                .toList();
        double median = median(times);
        double usual =
                median(without.stream().map(run -> percentile(run, percent)).toList());
        table.append(String.format(
                Locale.ROOT, "  median %.2f, ratio %.2f, by rounds %.2f%n", median, median / usual, median(ratios)));
    }

    private static double median(List<Double> values) {
        return percentile(values.stream().sorted().toList(), 50);
    }

    /** By nearest rank. */
    private static double percentile(List<Double> ascending, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * ascending.size());
        return ascending.get(Math.max(rank, 1) - 1);
    }
}
