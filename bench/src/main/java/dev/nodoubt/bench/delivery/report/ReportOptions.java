package dev.nodoubt.bench.delivery.report;

import dev.nodoubt.bench.measure.InvalidOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report is rendered from again.
 *
 * @param from directories of reports by label, in this order
 * @param report directory for what is written; relative to the working directory
 */
public record ReportOptions(Map<String, Path> from, Path report) {

    public static final String HELP = """
            java -jar bench/target/nodoubt-bench.jar report --from [LABEL=]DIR[,[LABEL=]DIR...] --report OUT
            Renders reports of 'delivery' again: each run of their benchmark.json under its label, or else its directory's
            name. Ratios stay within one run.

              --from A,B        directories of reports, each with its benchmark.json
              --report OUT      where table, JSON and plots are written
            """;

    public static ReportOptions parse(List<String> args) throws InvalidOption {
        Map<String, String> values = new LinkedHashMap<>();
        for (int at = 0; at < args.size(); at += 2) {
            String option = args.get(at);
            if (!option.equals("--from") && !option.equals("--report")) {
                throw new InvalidOption("unknown option " + option + "; --help lists them");
            }
            if (at + 1 == args.size() || args.get(at + 1).startsWith("--")) {
                throw new InvalidOption("option " + option + " needs a value; --help shows it");
            }
            values.put(option, args.get(at + 1));
        }
        return new ReportOptions(directories(required(values, "--from")), Path.of(required(values, "--report")));
    }

    private static String required(Map<String, String> values, String option) throws InvalidOption {
        String value = values.get(option);
        if (value == null) {
            throw new InvalidOption("option " + option + " is needed; --help shows it");
        }
        return value;
    }

    private static Map<String, Path> directories(String named) throws InvalidOption {
        Map<String, Path> directories = new LinkedHashMap<>();
        for (String one : named.split(",", -1)) {
            int equals = one.indexOf('=');
            Path directory = Path.of(one.substring(equals + 1));
            Path name = directory.toAbsolutePath().normalize().getFileName();
            String label = equals < 0 && name != null ? name.toString() : one.substring(0, Math.max(0, equals));
            if (label.isBlank() || directories.put(label, directory) != null) {
                throw new InvalidOption("option --from must give each directory a label of its own, was '" + one
                        + "'; LABEL=DIR names it");
            }
        }
        return directories;
    }

    /** The runs of all of them; a run that has a label of its own keeps it, beside others of its directory. */
    List<Run> read() throws IOException {
        List<Run> runs = new ArrayList<>();
        for (Map.Entry<String, Path> one : from.entrySet()) {
            List<Run> found = ReportFiles.read(one.getValue());
            for (Run run : found) {
                runs.add(found.size() == 1 ? run.labelled(one.getKey()) : run);
            }
        }
        return runs;
    }

    /** Writes the report, and returns its text. */
    public String render() throws IOException {
        return ReportFiles.write(report, read());
    }
}
