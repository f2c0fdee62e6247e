package dev.nodoubt.bench.gate;

import dev.nodoubt.bench.measure.DatabaseKind;
import dev.nodoubt.bench.measure.InvalidOption;
import dev.nodoubt.bench.measure.OptionValues;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How the gate is measured.
 *
 * @param rounds of each side
 * @param seconds of one round, and of the warm-up of each side
 * @param clients that send one request after the other
 */
public record GateOptions(DatabaseKind database, int rounds, int seconds, int clients) {

    public static final String HELP = """
            java -jar bench/target/nodoubt-bench.jar gate [options]
            The same handler, which writes one row, behind nodoubt's gate and without it, and the gate's replay of requests
            that were executed before: in turns, in one process.

              --database NAME   postgresql, mariadb or h2 (postgresql)
              --rounds N        rounds of each side, 1 to 100 (6)
              --seconds S       length of a round, and of each side's warm-up, 1 to 600 (10)
              --clients N       clients that send one request after the other, 1 to 64 (8)
              --short           2 rounds of 2 s of each side: shows that it runs, measures nothing

            Exit codes: 0 measured, and every order had exactly one effect; 1 failed; 2 wrong options.
            """;

    public static GateOptions parse(List<String> args) throws InvalidOption {
        DatabaseKind database = DatabaseKind.POSTGRESQL;
        boolean small = args.contains("--short");
        int rounds = small ? 2 : 6;
        int seconds = small ? 2 : 10;
        int clients = 8;
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--short" -> {
                    // Read above: what is named beside it counts more, wherever it stands.
                }
                case "--database" -> database = DatabaseKind.named(OptionValues.value(option, rest));
                case "--rounds" -> rounds = OptionValues.number(option, OptionValues.value(option, rest), 1, 100);
                case "--seconds" -> seconds = OptionValues.number(option, OptionValues.value(option, rest), 1, 600);
                case "--clients" -> clients = OptionValues.number(option, OptionValues.value(option, rest), 1, 64);
                default -> throw new InvalidOption("unknown option " + option + "; --help lists them");
            }
        }
        return new GateOptions(database, rounds, seconds, clients);
    }
}
