package dev.nodoubt.bench.scale;

import static dev.nodoubt.bench.measure.OptionValues.number;
import static dev.nodoubt.bench.measure.OptionValues.value;

import dev.nodoubt.bench.measure.InvalidOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How it is measured that cost stays flat.
 *
 * @param rounds of each part
 * @param parts what grows
 * @param sizes how much is measured of each
 * @param report directory for what is written; relative to the working directory
 */
public record FlatOptions(int rounds, List<Part> parts, Sizes sizes, Path report) {

    public static final String HELP = """
            java -jar bench/target/nodoubt-bench.jar flat [options]
            Whether a call of nodoubt costs the same when its tables are full, while old rows are deleted, while a foreign
            transaction keeps vacuum away, and with several relays. Each in fresh processes and a fresh database.

              --parts A,B     of %s
              --rounds N      of each, 1 to 100 (3)
              --rows N,M      settled and pending rows, the fewest first (1000,100000,1000000)
              --millis M      how long producers go on, 100 to 600000 (4000)
              --slices N      of the time with a foreign transaction, 2 to 100 (6)
              --report DIR    where table and JSON lines are written (target/benchmark)
              --full          10000000 settled rows too, and slices for ten minutes
              --short         1 round of small sizes: shows that it runs, measures nothing

            Exit codes: 0 measured, and nothing was lost or doubled; 1 failed; 2 wrong options.
            """.formatted(Part.titles());

    /**
     * How much of each.
     *
     * @param settled rows, the fewest first
     * @param pending rows, the fewest first
     * @param relays processes
     * @param millis how long producers go on
     * @param slices of a time
     * @param openMillis how long calls come at a fixed rate
     */
    public record Sizes(
            List<Integer> settled,
            List<Integer> pending,
            List<Integer> relays,
            int millis,
            int slices,
            int openMillis) {

        private static final List<Integer> FEW_TO_MANY = List.of(1_000, 100_000, 1_000_000);

        static final Sizes SHORT = new Sizes(List.of(100, 10_000), List.of(1_000), List.of(2), 300, 2, 300);
        static final Sizes USUAL = new Sizes(FEW_TO_MANY, FEW_TO_MANY, List.of(1, 2, 4), 4_000, 6, 4_000);
        static final Sizes FULL = new Sizes(
                List.of(1_000, 100_000, 1_000_000, 10_000_000), FEW_TO_MANY, List.of(1, 2, 4), 25_000, 20, 4_000);

        private Sizes withRows(List<Integer> rows) {
            return new Sizes(rows, rows, relays, millis, slices, openMillis);
        }

        private Sizes withMillis(int newMillis) {
            return new Sizes(settled, pending, relays, newMillis, slices, openMillis);
        }

        private Sizes withSlices(int newSlices) {
            return new Sizes(settled, pending, relays, millis, newSlices, openMillis);
        }

        int most() {
            return pending.get(pending.size() - 1);
        }
    }

    public FlatOptions {
        parts = List.copyOf(parts);
    }

    public static FlatOptions parse(List<String> args) throws InvalidOption {
        boolean small = args.contains("--short");
        Sizes sizes = small ? Sizes.SHORT : args.contains("--full") ? Sizes.FULL : Sizes.USUAL;
        int rounds = small ? 1 : 3;
        List<Part> parts = List.of(Part.values());
        Path report = Path.of("target", "benchmark");
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--short", "--full" -> {
                    // Read above: what is named beside it counts more, wherever it stands.
                }
                case "--parts" -> parts = Part.titled(value(option, rest));
                case "--rounds" -> rounds = number(option, value(option, rest), 1, 100);
                case "--rows" -> sizes = sizes.withRows(rows(option, value(option, rest)));
                case "--millis" -> sizes = sizes.withMillis(number(option, value(option, rest), 100, 600_000));
                case "--slices" -> sizes = sizes.withSlices(number(option, value(option, rest), 2, 100));
                case "--report" -> report = Path.of(value(option, rest));
                default -> throw new InvalidOption("unknown option " + option + "; --help lists them");
            }
        }
        return new FlatOptions(rounds, parts, sizes, report);
    }

    private static List<Integer> rows(String option, String values) throws InvalidOption {
        List<Integer> rows = new ArrayList<>();
        for (String one : values.split(",", -1)) {
            rows.add(number(option, one, 1, 10_000_000));
        }
        return List.copyOf(rows);
    }
}
