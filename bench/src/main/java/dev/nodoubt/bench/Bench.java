package dev.nodoubt.bench;

import dev.nodoubt.bench.delivery.DeliveryBenchmark;
import dev.nodoubt.bench.delivery.DeliveryOptions;
import dev.nodoubt.bench.delivery.report.ReportOptions;
import dev.nodoubt.bench.gate.GateBenchmark;
import dev.nodoubt.bench.gate.GateOptions;
import dev.nodoubt.bench.measure.InvalidOption;
import dev.nodoubt.bench.parts.PartsBenchmark;
import dev.nodoubt.bench.parts.PartsOptions;
import dev.nodoubt.bench.scale.FlatBenchmark;
import dev.nodoubt.bench.scale.FlatOptions;
import dev.nodoubt.bench.scale.MemoryBenchmark;
import dev.nodoubt.bench.scale.MemoryOptions;
import java.util.List;

/**
 * The benchmarks' program: {@code java -jar bench/target/nodoubt-bench.jar delivery --help}.
 *
 * <p>Exit codes: 0 measured, and every order or call had exactly one effect; 1 failed; 2 wrong options.
 */
public final class Bench {

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(exitCode(List.of(args)));
    }

    private static int exitCode(List<String> args) {
        String which = args.isEmpty() ? "" : args.get(0);
        List<String> options = args.isEmpty() ? args : args.subList(1, args.size());
        return switch (which) {
            case "delivery" ->
                exitCode(
                        options,
                        DeliveryOptions.HELP,
                        () -> new DeliveryBenchmark(DeliveryOptions.parse(options), System.out::println).run());
            case "gate" ->
                exitCode(
                        options,
                        GateOptions.HELP,
                        () -> new GateBenchmark(GateOptions.parse(options), System.out::println).run());
            case "report" ->
                exitCode(
                        options,
                        ReportOptions.HELP,
                        () -> ReportOptions.parse(options).render());
            case "parts" ->
                exitCode(
                        options,
                        PartsOptions.HELP,
                        () -> new PartsBenchmark(PartsOptions.parse(options), System.out::println).run());
            case "flat" ->
                exitCode(
                        options,
                        FlatOptions.HELP,
                        () -> new FlatBenchmark(FlatOptions.parse(options), System.out::println).run());
            case "memory" ->
                exitCode(
                        options,
                        MemoryOptions.HELP,
                        () -> new MemoryBenchmark(MemoryOptions.parse(options), System.out::println).run());
            default -> {
                System.out.print(String.join(
                        "\n",
                        DeliveryOptions.HELP,
                        ReportOptions.HELP,
                        FlatOptions.HELP,
                        MemoryOptions.HELP,
                        GateOptions.HELP,
                        PartsOptions.HELP));
                yield args.contains("--help") ? 0 : EXIT_USAGE;
            }
        };
    }

    /** Measures, and returns what is printed. */
    private interface Benchmark {
        String run() throws Exception;
    }

    private static int exitCode(List<String> options, String help, Benchmark benchmark) {
        if (options.contains("--help")) {
            System.out.print(help);
            return 0;
        }
        try {
            System.out.print(benchmark.run());
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
