package dev.nodoubt.bench.parts;

import dev.nodoubt.bench.measure.InvalidOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How the parts are measured.
 *
 * @param brief whether it only shows that all of them run
 * @param listed whether they are named instead of measured
 * @param only what the names of those that are meant contain; empty for all
 */
public record PartsOptions(boolean brief, boolean listed, String only) {

    public static final String HELP = """
            java -jar bench/target/nodoubt-bench.jar parts [options]
            What the parts cost by themselves: time and bytes allocated per operation, each part in a JVM of its own.

              --only TEXT       those whose name contains it
              --list            name them, and measure nothing
              --short           one warm-up and one iteration of 200 ms each: shows that they run, measures nothing

            Exit codes: 0 measured; 1 failed; 2 wrong options.
            """;

    public static PartsOptions parse(List<String> args) throws InvalidOption {
        boolean brief = false;
        boolean listed = false;
        String only = "";
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--short" -> brief = true;
                case "--list" -> listed = true;
                case "--only" -> {
                    if (rest.isEmpty() || rest.peek().startsWith("--")) {
                        throw new InvalidOption("option --only needs a value; --help shows it");
                    }
                    only = rest.pop();
                }
                default -> throw new InvalidOption("unknown option " + option + "; --help lists them");
            }
        }
        return new PartsOptions(brief, listed, only);
    }
}
