package dev.nodoubt.bench;

import java.util.List;

/**
 * The benchmarks' program: {@code java -jar bench/target/nodoubt-bench.jar gate --help}.
 *
 * <p>Exit codes: 0 measured, and every request had exactly one effect; 1 failed; 2 wrong options.
 */
public final class Bench {

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(exitCode(List.of(args)));
    }

    private static int exitCode(List<String> args) {
        if (args.isEmpty() || !args.get(0).equals("gate") || args.contains("--help")) {
            System.out.print(GateOptions.HELP);
            return args.contains("--help") ? 0 : EXIT_USAGE;
        }
        try {
            GateOptions options = GateOptions.parse(args.subList(1, args.size()));
            System.out.print(new GateBenchmark(options, System.out::println).run());
            return 0;
        } catch (InvalidOption e) {
            System.err.println("bench: " + e.getMessage());
            return EXIT_USAGE;
        } catch (Exception e) {
            System.err.println("bench: " + e);
            return EXIT_FAILED;
        }
    }
}
