package dev.nodoubt.bench.parts;

import dev.nodoubt.bench.measure.InvalidOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures every benchmark of this package, each in a JVM of its own. */
public final class PartsBenchmark {

    private static final String PREFIX = PartsBenchmark.class.getPackageName() + ".";

    // Fixed, so that no round grows it; large enough for the rows that one iteration leaves in memory.
    private static final String[] JVM = {"-Xms512m", "-Xmx512m"};

    private final PartsOptions options;
    private final Consumer<String> progress;

    public PartsBenchmark(PartsOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Every benchmark that JMH knows here, by class and method, sorted. */
    static List<String> names() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .sorted()
                .toList();
    }

    /** The report, or the names. */
    public String run() throws RunnerException, InvalidOption {
        List<String> names =
                names().stream().filter(name -> name.contains(options.only())).toList();
        if (names.isEmpty()) {
            throw new InvalidOption(
                    "option --only must be part of a name, was '" + options.only() + "'; --list names all of them");
        }
        if (options.listed()) {
            return String.join("\n", names) + "\n";
        }
        Pace pace = options.brief() ? Pace.BRIEF : Pace.FULL;
        List<PartsReport.Row> rows = new ArrayList<>();
        for (String name : names) {
            RunResult result = new Runner(of(name, pace)).runSingle();
            PartsReport.Row row = PartsReport.Row.of(name, result);
            rows.add(row);
            progress.accept("measured: " + row.line());
        }
        return new PartsReport(pace.title(), rows).text();
    }

    /** How often and how long. */
    private record Pace(int warmUps, int iterations, long millis) {
        static final Pace FULL = new Pace(5, 5, 1000);
        static final Pace BRIEF = new Pace(1, 1, 200);

        String title() {
            return iterations + " iterations of " + millis + " ms after " + warmUps + " of warm-up";
        }
    }

    private static Options of(String name, Pace pace) {
        TimeValue time = TimeValue.milliseconds(pace.millis());
        return new OptionsBuilder()
                .include("^" + Pattern.quote(PREFIX + name) + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .jvmArgsAppend(JVM)
                .warmupIterations(pace.warmUps())
                .warmupTime(time)
                .measurementIterations(pace.iterations())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
