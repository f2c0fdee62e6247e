package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.delivery.report.Measured;
import dev.nodoubt.bench.delivery.report.Participant;
import dev.nodoubt.bench.delivery.report.ReportFiles;
import dev.nodoubt.bench.delivery.report.Run;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run showed, with what it ran on.
 *
 * @param settings of the database: names with their values, separated by commas
 */
record DeliveryReport(DeliveryOptions options, String settings, List<Measured> measured) {

    /** Writes it, and returns its text. */
    String write(Instant date) throws IOException {
        return ReportFiles.write(options.report(), List.of(run(date)));
    }

    Run run(Instant date) {
        Map<String, Map<String, String>> conditions = new LinkedHashMap<>();
        conditions.put("machine", Machine.describe());
        conditions.put("jdk", jdk());
        conditions.put("database", database());
        conditions.put("libraries", Libraries.shared());
        conditions.put("options", asked());
        List<Participant> participants = options.entrants().stream()
                .map(entrant -> new Participant(entrant.title(), entrant.kind(), Libraries.version(entrant.title())))
                .toList();
        return new Run("", date.truncatedTo(ChronoUnit.SECONDS).toString(), conditions, participants, measured);
    }

    private static Map<String, String> jdk() {
        Map<String, String> jdk = new LinkedHashMap<>();
        jdk.put("version", Runtime.version().toString());
        jdk.put("vm", System.getProperty("java.vm.name", "unknown"));
        jdk.put("applications' options", String.join(" ", DeliveryBenchmark.JVM));
        return jdk;
    }

    private Map<String, String> database() {
        Map<String, String> database = new LinkedHashMap<>();
        for (String setting : settings.split(", ", -1)) {
            int blank = setting.indexOf(' ');
            database.put(setting.substring(0, Math.max(0, blank)), setting.substring(blank + 1));
        }
        return database;
    }

    private Map<String, String> asked() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("rounds", Integer.toString(options.rounds()));
        asked.put("millis", Integer.toString(options.millis()));
        asked.put("backlog", Integer.toString(options.backlog()));
        asked.put("warm-up millis", Integer.toString(options.warmUpMillis()));
        asked.put("open rate", Integer.toString(DeliveryBenchmark.OPEN_RATE));
        asked.put("open seconds", Integer.toString(options.openSeconds()));
        asked.put("calls under way", Integer.toString(DeliveryBenchmark.WORKERS));
        asked.put("connections", Integer.toString(DeliveryBenchmark.POOL));
        return asked;
    }
}
