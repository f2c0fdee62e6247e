package dev.nodoubt.bench.gate;

import dev.nodoubt.bench.measure.BenchDatabase.Written;
import dev.nodoubt.bench.measure.DatabaseKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What a run showed, as a table for each two sides that are compared: ratios are made within a round, and the median, the
 * least and the greatest of them are shown.
 *
 * @param settings what was on in the database
 * @param rounds each with every side
 * @param written for one request of each side; empty where the database does not tell
 */
record GateReport(
        GateOptions options,
        String settings,
        List<Map<Side, Round>> rounds,
        Map<Side, Written> written,
        Requests requests) {

    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison(Side.GATED, Side.UNGATED),
            new Comparison(Side.REPLAYED, Side.UNGATED),
            new Comparison(Side.REPLAYED, Side.GATED));

    /**
     * What was sent in all.
     *
     * @param orders each of which had exactly one effect
     * @param replays requests that repeated one of them, and had none
     */
    record Requests(long orders, long replays) {}

    /** What a side is as good as, with regard to another one. */
    private record Comparison(Side side, Side base) {

        double throughput(Map<Side, Round> round) {
            return of(round, side).sample().perSecond()
                    / of(round, base).sample().perSecond();
        }

        double cost(Map<Side, Round> round, ToDoubleFunction<Round> cost) {
            return cost.applyAsDouble(of(round, base)) / cost.applyAsDouble(of(round, side));
        }

        String title() {
            return side.title() + "/" + base.title();
        }
    }

    /** One line about one round. */
    static String round(int number, Map<Side, Round> round) {
        return COMPARISONS.stream()
                .map(comparison -> format(
                        "%s throughput %.3f, CPU %.3f",
                        comparison.title(), comparison.throughput(round), comparison.cost(round, Round::bothMicros)))
                .collect(Collectors.joining("; ", "round " + number + ": ", ""));
    }

    String text() {
        StringBuilder text = new StringBuilder(format(
                "%nThe gate on %s: %d clients, %d rounds of %d s of each side; %d orders, each with exactly one effect,"
                        + " and %d replays without any%n%s%n",
                options.database().title(),
                options.clients(),
                rounds.size(),
                options.seconds(),
                requests.orders(),
                requests.replays(),
                settings));
        COMPARISONS.forEach(comparison -> table(text, comparison));
        return text.append("""

                Ratio: 1 is as good as the second side, below 1 the first one costs more: first/second of the throughput,
                second/first of the rest; the median over the rounds. The other columns are medians too; they are this
                machine's, on this day. Replayed: the gated path, asked again with requests that were executed before.
                """).toString();
    }

    private void table(StringBuilder text, Comparison comparison) {
        text.append(format(
                "%n%-34s%10s%10s%10s%19s%n",
                "", comparison.side().title(), comparison.base().title(), "ratio", "least - greatest"));
        row(text, "requests per second", comparison, round -> round.sample().perSecond(), comparison::throughput);
        cost(text, "CPU of both, µs a request", comparison, Round::bothMicros);
        cost(text, "  of the receiver", comparison, Round::receiverMicros);
        if (options.database() != DatabaseKind.H2) {
            cost(text, "  of the database", comparison, Round::databaseMicros);
        }
        cost(text, "latency p50, ms", comparison, round -> round.sample().millis(50));
        cost(text, "latency p99, ms", comparison, round -> round.sample().millis(99));
        written(text, "commits a request", comparison, Written::commits);
        written(text, "WAL bytes a request", comparison, Written::walBytes);
    }

    private void cost(StringBuilder text, String label, Comparison comparison, ToDoubleFunction<Round> cost) {
        row(text, label, comparison, cost, round -> comparison.cost(round, cost));
    }

    private void row(
            StringBuilder text,
            String label,
            Comparison comparison,
            ToDoubleFunction<Round> value,
            ToDoubleFunction<Map<Side, Round>> ratio) {
        double[] ratios = rounds.stream().mapToDouble(ratio).sorted().toArray();
        text.append(format(
                "%-34s%10.2f%10.2f%10.3f%11.3f - %.3f%n",
                label,
                median(rounds.stream().mapToDouble(round -> value.applyAsDouble(of(round, comparison.side())))),
                median(rounds.stream().mapToDouble(round -> value.applyAsDouble(of(round, comparison.base())))),
                median(DoubleStream.of(ratios)),
                ratios[0],
                ratios[ratios.length - 1]));
    }

    private void written(StringBuilder text, String label, Comparison comparison, ToDoubleFunction<Written> value) {
        Written side = written.get(comparison.side());
        Written base = written.get(comparison.base());
        if (side != null && base != null) {
            double ours = value.applyAsDouble(side);
            double theirs = value.applyAsDouble(base);
            String ratio = ours == 0 ? "-" : format("%.3f", theirs / ours);
            text.append(format("%-34s%10.2f%10.2f%10s%n", label, ours, theirs, ratio));
        }
    }

    private static Round of(Map<Side, Round> round, Side side) {
        return Objects.requireNonNull(round.get(side), "a round has every side");
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
