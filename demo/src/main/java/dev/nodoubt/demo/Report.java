package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run showed: as a table for the terminal, as {@code report.json} and as {@code report.html}.
 *
 * @param seed of the network's faults
 * @param lanes in the order in which they ran
 * @param peakMemoryMb of all processes together
 */
record Report(long seed, List<LaneResult> lanes, long peakMemoryMb) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int COLUMN = 10;

    /** Writes both files and returns the page's path. */
    Path write(Path directory, Texts texts) throws Failure {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("report.json"), json() + "\n");
            return Files.writeString(directory.resolve("report.html"), html(texts));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** Fails early, before anything is started for a report that cannot be written. */
    static void requireWritable(Path directory) throws Failure {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "writable", ""));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    private static Failure unwritable(Path directory, IOException e) {
        return new Failure(
                "cannot write the report to " + directory + " (" + e + "); name a directory of yours with --out DIR",
                e);
    }

    /** Whether the nodoubt lane committed every transfer and lost, doubled and left in doubt nothing. */
    boolean kept() {
        Count count = lanes.get(lanes.size() - 1).count();
        return count.flawless() && count.rolledBack() == 0;
    }

    /** The same as a sentence. */
    String verdict(Texts texts) {
        Count count = lanes.get(lanes.size() - 1).count();
        Count.Mails mails = count.mails();
        return kept()
                ? texts.get("verdict.kept", count.transfers())
                : texts.get(
                        "verdict.broken",
                        count.rolledBack(),
                        mails.lost(),
                        mails.doubled(),
                        mails.rolledBackButSent(),
                        count.inDoubt());
    }

    /** The machine-readable form. */
    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", seed);
        report.put("lanes", lanes.stream().map(Report::fields).toList());
        report.put("peakMemoryMb", peakMemoryMb);
        return JSON.writeValueAsString(report);
    }

    /** A row for each measure, a column for each lane. */
    String table(Texts texts) {
        List<Map<String, Object>> columns = lanes.stream().map(Report::fields).toList();
        List<String> keys = new ArrayList<>(columns.get(0).keySet());
        int label = keys.stream()
                .mapToInt(key -> Terminal.width(texts.get("report." + key)))
                .max()
                .orElse(0);
        StringBuilder table = new StringBuilder();
        for (String key : keys) {
            table.append(Terminal.left(texts.get("report." + key), label));
            columns.forEach(column -> table.append(Terminal.right(String.valueOf(column.get(key)), COLUMN)));
            table.append('\n');
            if (key.equals("lane")) {
                table.append("-".repeat(label + COLUMN * columns.size())).append('\n');
            }
        }
        return table.toString();
    }

    private static Map<String, Object> fields(LaneResult result) {
        Count count = result.count();
        LaneRun run = result.run();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("lane", result.lane());
        fields.put("transfers", count.transfers());
        fields.put("rolledBack", count.rolledBack());
        fields.put("mailsReceived", count.mails().received());
        fields.put("lost", count.mails().lost());
        fields.put("doubled", count.mails().doubled());
        fields.put("rolledBackButSent", count.mails().rolledBackButSent());
        fields.put("inDoubt", count.inDoubt());
        fields.put("repeatedAtLastHop", count.mails().repeatedAtLastHop());
        fields.put("transferP50Ms", rounded(run.percentileMillis(50)));
        fields.put("transferP99Ms", rounded(run.percentileMillis(99)));
        fields.put("transfersPerSecond", rounded(run.perSecond()));
        fields.put("seconds", rounded(run.settledAfter()));
        return fields;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private String html(Texts texts) {
        StringBuilder rows = new StringBuilder();
        List<Map<String, Object>> columns = lanes.stream().map(Report::fields).toList();
        for (String key : columns.get(0).keySet()) {
            String cell = key.equals("lane") ? "th" : "td";
            rows.append("<tr><th>").append(texts.get("report." + key)).append("</th>");
            columns.forEach(column -> rows.append(
                    String.format(Locale.ROOT, "<%1$s>%2$s</%1$s>", cell, String.valueOf(column.get(key)))));
            rows.append("</tr>\n");
        }
        return """
                <!doctype html>
                <html lang="%s">
                <meta charset="%s">
                <title>%s</title>
                <h1>%s</h1>
                <table>
                %s</table>
                </html>
                """.formatted(
                        texts.language(),
                        StandardCharsets.UTF_8.name().toLowerCase(Locale.ROOT),
                        texts.get("report.title"),
                        texts.get("report.title"),
                        rows);
    }
}
