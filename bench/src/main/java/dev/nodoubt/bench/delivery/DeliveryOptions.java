package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.measure.InvalidOption;
import dev.nodoubt.bench.measure.OptionValues;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * How delivery is measured.
 *
 * @param entrants who takes part, in this order
 * @param rounds of each
 * @param warmUpMillis how long 32 producers go on before anything is measured
 * @param millis how long producers of a closed loop go on
 * @param openSeconds how long transfers come at a given rate
 * @param backlog calls that wait before a drain; 0: no drain
 * @param report directory for what is written; relative to the working directory
 */
public record DeliveryOptions(
        List<Entrant> entrants, int rounds, int warmUpMillis, int millis, int openSeconds, int backlog, Path report) {

    public static final String HELP = """
            java -jar bench/target/nodoubt-bench.jar delivery [options]
            Transfers whose calls are recorded and delivered: nodoubt, its peers, floors and an ideal, in turns, each in
            processes of its own, with one PostgreSQL and one target.

              --contenders A,B  who takes part (%s)
              --rounds N        rounds of each, 1 to 100 (5)
              --warm-up M       how long 32 producers go on before, in milliseconds, 100 to 600000 (4000)
              --millis M        how long producers go on, 100 to 600000 (4000)
              --backlog N       calls that wait before they are drained, 0 to 10000000 (20000)
              --report DIR      where table, JSON and plots are written (target/benchmark)
              --short           1 round of 1 s and 1000 waiting calls: shows that it runs, measures nothing

            Exit codes: 0 measured, and nodoubt lost and doubled nothing; 1 failed; 2 wrong options.
            """.formatted(String.join(
            ",", List.of(Entrant.values()).stream().map(Entrant::title).toList()));

    public static DeliveryOptions parse(List<String> args) throws InvalidOption {
        boolean small = args.contains("--short");
        List<Entrant> entrants = List.of(Entrant.values());
        int rounds = small ? 1 : 5;
        int warmUpMillis = small ? 500 : 4_000;
        int millis = small ? 1_000 : 4_000;
        int openSeconds = small ? 1 : 8;
        int backlog = small ? 1_000 : 20_000;
        Path report = Path.of("target", "benchmark");
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--short" -> {
                    // Read above: what is named beside it counts more, wherever it stands.
                }
                case "--contenders" -> entrants = entrants(OptionValues.value(option, rest));
                case "--rounds" -> rounds = OptionValues.number(option, OptionValues.value(option, rest), 1, 100);
                case "--warm-up" ->
                    warmUpMillis = OptionValues.number(option, OptionValues.value(option, rest), 100, 600_000);
                case "--millis" -> millis = OptionValues.number(option, OptionValues.value(option, rest), 100, 600_000);
                case "--backlog" ->
                    backlog = OptionValues.number(option, OptionValues.value(option, rest), 0, 10_000_000);
                case "--report" -> report = Path.of(OptionValues.value(option, rest));
                default -> throw new InvalidOption("unknown option " + option + "; --help lists them");
            }
        }
        return new DeliveryOptions(entrants, rounds, warmUpMillis, millis, openSeconds, backlog, report);
    }

    private static List<Entrant> entrants(String titles) throws InvalidOption {
        List<Entrant> entrants = new ArrayList<>();
        for (String title : titles.split(",", -1)) {
            entrants.add(Entrant.titled(title));
        }
        return List.copyOf(entrants);
    }
}
