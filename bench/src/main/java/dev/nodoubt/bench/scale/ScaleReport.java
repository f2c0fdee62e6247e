package dev.nodoubt.bench.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run showed, as a table and as a line of JSON a sample.
 *
 * @param command whose run it is; names the files
 * @param settings of the database
 */
record ScaleReport(String command, String settings, List<Sample> samples) {

    private static final String LINE =
            "{\"benchmark\":\"%s\",\"part\":\"%s\",\"size\":%d,\"round\":%d,\"values\":{%s}}";

    /** The table; it is also in the directory. */
    String write(Path directory) throws IOException {
        Files.createDirectories(directory);
        String table = table();
        Files.writeString(directory.resolve(command + ".txt"), table);
        Files.write(directory.resolve(command + ".jsonl"), lines());
        return table;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "{\"benchmark\":\"%s\",\"database\":\"%s\",\"java\":\"%s\",\"processors\":%d}",
                command,
                settings,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors()));
        for (Sample sample : samples) {
            String values = sample.values().entrySet().stream()
                    .filter(value -> Double.isFinite(value.getValue()))
                    .map(value -> "\"" + value.getKey() + "\":" + value.getValue())
                    .collect(Collectors.joining(","));
            lines.add(String.format(Locale.ROOT, LINE, command, sample.part(), sample.size(), sample.round(), values));
        }
        return lines;
    }

    private String table() {
        StringBuilder text = new StringBuilder(settings)
                .append("\nMedians; in parentheses the ratio to the first column, of the same round.\n");
        samples.stream().map(Sample::part).distinct().forEach(part -> table(part, text));
        return text.toString();
    }

    private void table(String part, StringBuilder text) {
        List<Sample> of =
                samples.stream().filter(sample -> sample.part().equals(part)).toList();
        List<Integer> sizes = of.stream().map(Sample::size).distinct().sorted().toList();
        text.append(String.format(Locale.ROOT, "%n%-32s", part));
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, "%22d", size)));
        text.append('\n');
        TreeSet<String> names = new TreeSet<>();
        of.forEach(sample -> names.addAll(sample.values().keySet()));
        Map<Integer, Sample> firsts = of.stream()
                .filter(sample -> sample.size() == sizes.get(0))
                .collect(Collectors.toMap(Sample::round, sample -> sample));
        for (String name : names) {
            text.append(String.format(Locale.ROOT, "  %-30s", name));
            for (int size : sizes) {
                double value = median(of, size, sample -> sample.value(name));
                double ratio = median(of, size, sample -> ratio(sample, firsts.get(sample.round()), name));
                text.append(String.format(Locale.ROOT, "%13.3f (%6.2f)", value, ratio));
            }
            text.append('\n');
        }
    }

    private static double ratio(Sample sample, @Nullable Sample first, String name) {
        return first == null ? Double.NaN : sample.value(name) / first.value(name);
    }

    private static double median(List<Sample> of, int size, ToDoubleFunction<Sample> value) {
        double[] sorted = of.stream()
                .filter(sample -> sample.size() == size)
                .mapToDouble(value)
                .filter(Double::isFinite)
                .toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
