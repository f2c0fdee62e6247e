package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Calls that wait are delivered by an application that has just started, on a database of its own. */
final class Drain {

    private static final String PREFIX = "drain.";

    private Drain() {}

    /**
     * What it showed.
     *
     * @param round from 0
     * @param backlog how many calls an application recorded that has ended
     */
    static Map<String, Double> of(Entrant entrant, int round, Surface surface, int backlog)
            throws IOException, SQLException {
        Map<String, Double> values = new TreeMap<>();
        surface.forget();
        try (BenchDatabase database =
                surface.server().beside("drain_" + round + "_" + entrant.name().toLowerCase(Locale.ROOT))) {
            try (ChildJvm recording = surface.application(entrant, database)) {
                Control.get(recording.port(), "/backlog?count=" + backlog);
                Control.get(recording.port(), "/report");
            }
            try (ChildJvm draining = surface.application(entrant, database)) {
                Used before = Used.before(draining, database);
                Control.get(draining.port(), "/drain").forEach((name, value) -> values.put(PREFIX + name, value));
                Used.after(draining, database).since(before, backlog, PREFIX, values);
            }
        }
        surface.count(entrant, backlog, PREFIX, values);
        return values;
    }
}
