package dev.nodoubt.bench.gate;

import dev.nodoubt.bench.measure.BenchDatabase.Written;
import dev.nodoubt.bench.measure.DatabaseKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What a run showed, as a table: ratios are made within a pair of rounds, and the median, the least and the greatest of
 * them are shown.
 *
 * @param settings what was on in the database
 * @param written for one request of each side; empty where the database does not tell
 * @param sent requests in all, each of which had exactly one effect
 */
record GateReport(
        GateOptions options, String settings, List<Map<Side, Round>> pairs, Map<Side, Written> written, long sent) {

    /** One line about one pair. */
    static String pair(int number, Map<Side, Round> pair) {
        return format("pair %d: throughput %.3f, CPU %.3f", number, throughput(pair), cost(pair, Round::bothMicros));
    }

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%nThe gate on %s: %d clients, %d pairs of rounds of %d s, %d requests, each with exactly one effect%n%s%n%n",
                options.database().title(), options.clients(), pairs.size(), options.seconds(), sent, settings));
        text.append(format("%-34s%10s%10s%10s%19s%n", "", "gated", "ungated", "ratio", "least - greatest"));
        row(text, "requests per second", round -> round.sample().perSecond(), GateReport::throughput);
        cost(text, "CPU of both, µs a request", Round::bothMicros);
        cost(text, "  of the receiver", Round::receiverMicros);
        if (options.database() != DatabaseKind.H2) {
            cost(text, "  of the database", Round::databaseMicros);
        }
        cost(text, "latency p50, ms", round -> round.sample().millis(50));
        cost(text, "latency p99, ms", round -> round.sample().millis(99));
        written(text, "commits a request", Written::commits);
        written(text, "WAL bytes a request", Written::walBytes);
        return text.append("""

                Ratio: 1 is as good as ungated, below 1 the gate costs: gated/ungated of the throughput, ungated/gated of the
                rest; the median over the pairs. The other columns are medians too; they are this machine's, on this day.
                """).toString();
    }

    private static double throughput(Map<Side, Round> pair) {
        return of(pair, Side.GATED).sample().perSecond()
                / of(pair, Side.UNGATED).sample().perSecond();
    }

    private static double cost(Map<Side, Round> pair, ToDoubleFunction<Round> cost) {
        return cost.applyAsDouble(of(pair, Side.UNGATED)) / cost.applyAsDouble(of(pair, Side.GATED));
    }

    private void cost(StringBuilder text, String label, ToDoubleFunction<Round> cost) {
        row(text, label, cost, pair -> cost(pair, cost));
    }

    private void row(
            StringBuilder text, String label, ToDoubleFunction<Round> value, ToDoubleFunction<Map<Side, Round>> ratio) {
        double[] ratios = pairs.stream().mapToDouble(ratio).sorted().toArray();
        text.append(format(
                "%-34s%10.2f%10.2f%10.3f%11.3f - %.3f%n",
                label,
                median(pairs.stream().mapToDouble(pair -> value.applyAsDouble(of(pair, Side.GATED)))),
                median(pairs.stream().mapToDouble(pair -> value.applyAsDouble(of(pair, Side.UNGATED)))),
                median(DoubleStream.of(ratios)),
                ratios[0],
                ratios[ratios.length - 1]));
    }

    private void written(StringBuilder text, String label, ToDoubleFunction<Written> value) {
        Written gated = written.get(Side.GATED);
        Written ungated = written.get(Side.UNGATED);
        if (gated != null && ungated != null) {
            double with = value.applyAsDouble(gated);
            double without = value.applyAsDouble(ungated);
            text.append(format("%-34s%10.2f%10.2f%10.3f%n", label, with, without, without / with));
        }
    }

    private static Round of(Map<Side, Round> pair, Side side) {
        return Objects.requireNonNull(pair.get(side), "a pair has a round of each side");
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
