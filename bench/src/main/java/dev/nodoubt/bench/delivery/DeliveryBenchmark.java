package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The whole measurement. Waiting calls are drained by fresh applications on fresh databases. Then each contender has one
 * application and one database, is warmed up once, and is frozen whenever another one is measured; windows of seconds go
 * round by round, so that what a ratio is made of was measured within two minutes. What drifts meets all alike, because every
 * round begins with another one.
 */
public final class DeliveryBenchmark {

    /** So many calls may be under way at once, of every contender. */
    static final int WORKERS = 32;

    static final int POOL = 80;
    static final int OPEN_RATE = 200;

    /** Options of every process. */
    public static final List<String> JVM =
            List.of("-XX:TieredStopAtLevel=4", "-Xms512m", "-Xmx512m", "-Dvertx.disableDnsResolver=true");

    private final DeliveryOptions options;
    private final Consumer<String> progress;
    private final Rounds rounds;

    public DeliveryBenchmark(DeliveryOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.rounds = new Rounds(progress);
    }

    /**
     * The report's table; the report itself is written.
     *
     * @throws IllegalStateException when a call of nodoubt was lost or delivered twice
     */
    public String run() throws IOException, SQLException {
        Path logs = Files.createDirectories(options.report().resolve("logs"));
        try (BenchDatabase server = BenchDatabase.startCounting();
                ChildJvm target = ChildJvm.start(CallTarget.class, logs.resolve("target.log"), JVM, List.of("0"))) {
            Surface surface = new Surface(server, target, logs);
            if (options.backlog() > 0) {
                drain(surface);
            }
            steady(surface);
            return new DeliveryReport(options, server.settings(), rounds.measured()).write(Instant.now());
        }
    }

    private void drain(Surface surface) throws IOException, SQLException {
        for (int round = 0; round < options.rounds(); round++) {
            for (Entrant entrant : turns(round)) {
                if (entrant.records()) {
                    rounds.add(entrant, round, Drain.of(entrant, round, surface, options.backlog()));
                }
            }
        }
    }

    private void steady(Surface surface) throws IOException, SQLException {
        Map<Entrant, Warm> contenders = new EnumMap<>(Entrant.class);
        try {
            for (Entrant entrant : options.entrants()) {
                contenders.put(entrant, Warm.of(entrant, surface, options));
                warm(contenders, entrant).up();
            }
            for (int round = 0; round < options.rounds(); round++) {
                for (Window window : Window.values()) {
                    for (Entrant entrant : turns(round)) {
                        if (window.isFor(entrant)) {
                            rounds.add(entrant, round, warm(contenders, entrant).measure(window));
                        }
                    }
                }
            }
            for (Entrant entrant : options.entrants()) {
                Warm contender = warm(contenders, entrant);
                rounds.add(entrant, options.rounds() - 1, contender.left());
                progress.accept(entrant.title() + " spent its time in the database on\n" + contender.statements());
            }
        } finally {
            contenders.values().forEach(this::close);
        }
    }

    /** All are closed, and what went wrong before is told; a database that stays ends with its server. */
    private void close(Warm contender) {
        try {
            contender.close();
        } catch (SQLException e) {
            progress.accept("a contender's database could not be dropped: " + e.getMessage());
        }
    }

    private static Warm warm(Map<Entrant, Warm> contenders, Entrant entrant) {
        return Objects.requireNonNull(contenders.get(entrant), entrant::title);
    }

    private List<Entrant> turns(int round) {
        List<Entrant> turns = new ArrayList<>(options.entrants());
        Collections.rotate(turns, -round);
        return turns;
    }
}
