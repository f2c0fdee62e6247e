package dev.nodoubt.demo;

import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.page.Figures;
import dev.nodoubt.demo.page.Findings;
import dev.nodoubt.demo.page.ReportPage;
import dev.nodoubt.demo.page.ResultPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run showed: as a table for the terminal, as {@code report.json}, as a page and as a picture.
 *
 * @param seed of the network's faults
 * @param lanes in the order in which they ran
 * @param peakMemoryMb of all processes together
 */
record Report(long seed, List<LaneResult> lanes, long peakMemoryMb) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int NARROW = 10;

    /** Writes {@code report.json}, {@code report.html} and {@code result.svg}, and returns the page's path. */
    Path write(Path directory, Texts texts, ZonedDateTime now) throws Failure {
        Findings findings = new Findings(now, seed, lanes, peakMemoryMb, kept(), verdict(texts));
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("report.json"), json() + "\n");
            Files.writeString(directory.resolve("result.svg"), new ResultPicture(texts.locale()).svg(findings));
            return Files.writeString(directory.resolve("report.html"), new ReportPage(texts.locale()).html(findings));
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

    /** Whether each lane kept what it promises. */
    boolean kept() {
        return lanes.stream().allMatch(LaneResult::kept);
    }

    /** The same as sentences, one for each lane that promises something. */
    String verdict(Texts texts) {
        return lanes.stream()
                .filter(lane -> lane.promise() != Lane.Promise.NOTHING)
                .map(lane -> sentence(lane, texts))
                .collect(Collectors.joining("\n"));
    }

    private static String sentence(LaneResult lane, Texts texts) {
        Count count = lane.count();
        Count.Mails mails = count.mails();
        if (!lane.kept()) {
            return texts.get(
                    "verdict.broken",
                    lane.lane(),
                    count.rolledBack(),
                    mails.lost(),
                    mails.doubled(),
                    mails.rolledBackButSent(),
                    count.inDoubt());
        }
        return lane.promise() == Lane.Promise.ONCE
                ? texts.get("verdict.kept", count.transfers())
                : texts.get("verdict.neverTwice", lane.lane(), count.inDoubt());
    }

    /** The machine-readable form. */
    String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("seed", seed);
        report.put("lanes", lanes.stream().map(Report::lane).toList());
        report.put("peakMemoryMb", peakMemoryMb);
        return JSON.writeValueAsString(report);
    }

    private static Map<String, Object> lane(LaneResult result) {
        Map<String, Object> lane = new LinkedHashMap<>(Figures.of(result));
        if (result.promise() != Lane.Promise.NOTHING) {
            lane.put("unresolved", result.unresolved());
        }
        return lane;
    }

    /** A row for each measure, a column for each lane. */
    String table(Texts texts) {
        List<Map<String, Object>> columns = lanes.stream().map(Figures::of).toList();
        List<String> keys = new ArrayList<>(columns.get(0).keySet());
        int label = keys.stream()
                .mapToInt(key -> Terminal.width(texts.get("report." + key)))
                .max()
                .orElse(0);
        int width = columns.stream()
                .mapToInt(column -> String.valueOf(column.get("lane")).length() + 1)
                .reduce(NARROW, Math::max);
        StringBuilder table = new StringBuilder();
        for (String key : keys) {
            table.append(Terminal.left(texts.get("report." + key), label));
            columns.forEach(column -> table.append(Terminal.right(String.valueOf(column.get(key)), width)));
            table.append('\n');
            if (key.equals("lane")) {
                table.append("-".repeat(label + width * columns.size())).append('\n');
            }
        }
        return table.toString();
    }
}
