package dev.nodoubt.bench.delivery.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A report in its directory: {@code benchmark.md}, {@code benchmark.json} and the plots. */
public final class ReportFiles {

    private static final String JSON = "benchmark.json";

    private ReportFiles() {}

    /** Returns its text. */
    public static String write(Path directory, List<Run> runs) throws IOException {
        Files.createDirectories(directory);
        Map<String, BarPlot> plots = Plots.of(runs);
        for (Map.Entry<String, BarPlot> plot : plots.entrySet()) {
            Files.writeString(directory.resolve(plot.getKey()), plot.getValue().svg());
        }
        String text = Markdown.of(runs, plots);
        Files.writeString(directory.resolve("benchmark.md"), text);
        Files.writeString(directory.resolve(JSON), RunsJson.write(runs));
        return text;
    }

    /** What {@link #write} wrote. */
    static List<Run> read(Path directory) throws IOException {
        Path file = directory.resolve(JSON);
        try {
            return RunsJson.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no report: " + e.getMessage(), e);
        }
    }
}
