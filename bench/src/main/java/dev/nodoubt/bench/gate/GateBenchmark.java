package dev.nodoubt.bench.gate;

import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.bench.measure.BenchDatabase.Written;
import dev.nodoubt.bench.measure.CpuMeter;
import dev.nodoubt.bench.measure.HttpClient;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the gate costs: the same handler behind it and without it, and the replay of what was executed, in turns. The
 * receiver is a process of its own, the
 * clients are in this one.
 */
public final class GateBenchmark {

    /** So that no client waits for a connection: not the pool is measured. */
    private static final int SPARE_CONNECTIONS = 2;

    private static final int COUNTED_EACH = 250;

    /** Orders of each client that are repeated: enough that no row is locked or cached more than others. */
    private static final int REPLAYED_EACH = 250;

    // The pool of a real service meets compiled code; the heap is fixed, so that it does not grow in somebody's round.
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=4", "-Xms256m", "-Xmx256m");

    private final GateOptions options;
    private final Consumer<String> progress;

    public GateBenchmark(GateOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * The report.
     *
     * @throws IllegalStateException when a request had no effect, or more than one
     */
    public String run() throws IOException, SQLException, InterruptedException {
        Path directory = Files.createTempDirectory("nodoubt-bench");
        int pool = options.clients() + SPARE_CONNECTIONS;
        try (BenchDatabase database = BenchDatabase.start(options.database(), directory);
                ChildJvm receiver = ChildJvm.start(
                        OrderReceiver.class,
                        directory.resolve("receiver.log"),
                        JVM,
                        List.of(database.jdbcUrl(), Integer.toString(pool)));
                Load load = new Load(receiver.port(), options.clients())) {
            List<Map<Side, Round>> rounds = measure(load, new CpuMeter(receiver.pid(), database.pid()));
            Map<Side, Written> written = count(load, receiver.port(), database);
            String effects = HttpClient.get(receiver.port(), "/count");
            requireOneEffectEach(load.sent(), effects);
            GateReport.Requests requests = new GateReport.Requests(load.sent(), load.replays());
            return new GateReport(options, database.settings(), rounds, written, requests).text();
        } finally {
            delete(directory);
        }
    }

    private List<Map<Side, Round>> measure(Load load, CpuMeter meter) throws IOException, InterruptedException {
        load.prepareReplays(REPLAYED_EACH);
        for (Side side : Side.values()) {
            progress.accept("warm-up: " + side.title());
            load.forSeconds(side, options.seconds());
        }
        List<Side> order = new ArrayList<>(List.of(Side.values()));
        List<Map<Side, Round>> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            Map<Side, Round> round = new EnumMap<>(Side.class);
            for (Side side : order) {
                CpuMeter.Cpu before = meter.read();
                Sample sample = load.forSeconds(side, options.seconds());
                round.put(side, new Round(sample, meter.read().minus(before)));
            }
            rounds.add(round);
            progress.accept(GateReport.round(i + 1, round));
            // Each side goes first in turn: what drifts meets all alike.
            Collections.rotate(order, 1);
        }
        return rounds;
    }

    /** What each side's requests wrote; empty where the database does not tell. */
    private static Map<Side, Written> count(Load load, int port, BenchDatabase database)
            throws IOException, SQLException, InterruptedException {
        Map<Side, Written> written = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            database.awaitNewSessions(() -> HttpClient.get(port, "/leave"));
            Written before = database.written();
            int requests = load.each(side, COUNTED_EACH).requests();
            database.awaitNewSessions(() -> HttpClient.get(port, "/leave"));
            Written after = database.written();
            if (before != null && after != null) {
                written.put(side, after.minus(before).over(requests));
            }
        }
        return written;
    }

    private static void requireOneEffectEach(long sent, String effects) {
        if (!effects.equals(sent + " " + sent)) {
            throw new IllegalStateException(sent + " orders were sent and accepted; the table has \"" + effects
                    + "\" (rows, then different orders), and both must be " + sent);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
