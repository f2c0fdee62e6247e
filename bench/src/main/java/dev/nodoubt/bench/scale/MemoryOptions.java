package dev.nodoubt.bench.scale;

import static dev.nodoubt.bench.measure.OptionValues.number;
import static dev.nodoubt.bench.measure.OptionValues.value;

import dev.nodoubt.bench.measure.InvalidOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How memory's bounds are shown.
 *
 * @param calls that wait before they are drained
 * @param open calls that may be under way at once
 * @param delayMillis of the slow target
 * @param heapMiB of the application
 * @param report directory for what is written; relative to the working directory
 */
public record MemoryOptions(int calls, int open, int delayMillis, int heapMiB, Path report) {

    public static final String HELP = """
            java -jar bench/target/nodoubt-bench.jar memory [options]
            An application with a small heap drains waiting calls, and has many open at once against a slow target, while
            producers go on: its heap, its producers, its connections.

              --calls N     that wait before they are drained, 0 for none, to 10000000 (1000000)
              --open N      permits and connections for calls under way, 0 for none, to 10000 (10000)
              --delay M     milliseconds until the slow target answers, 1 to 60000 (2000)
              --heap M      of the application in MiB, 32 to 8192 (256)
              --report DIR  where table and JSON lines are written (target/benchmark)
              --short       few calls: shows that it runs, measures nothing

            Exit codes: 0 measured, and nothing was lost or doubled; 1 failed; 2 wrong options.
            """;

    public static MemoryOptions parse(List<String> args) throws InvalidOption {
        boolean small = args.contains("--short");
        int calls = small ? 10_000 : 1_000_000;
        int open = small ? 500 : 10_000;
        int delay = small ? 500 : 2_000;
        int heap = 256;
        Path report = Path.of("target", "benchmark");
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--short" -> {
                    // Read above: what is named beside it counts more, wherever it stands.
                }
                case "--calls" -> calls = number(option, value(option, rest), 0, 10_000_000);
                case "--open" -> open = number(option, value(option, rest), 0, 10_000);
                case "--delay" -> delay = number(option, value(option, rest), 1, 60_000);
                case "--heap" -> heap = number(option, value(option, rest), 32, 8_192);
                case "--report" -> report = Path.of(value(option, rest));
                default -> throw new InvalidOption("unknown option " + option + "; --help lists them");
            }
        }
        return new MemoryOptions(calls, open, delay, heap, report);
    }
}
