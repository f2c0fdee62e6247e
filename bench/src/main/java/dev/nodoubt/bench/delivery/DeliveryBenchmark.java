package dev.nodoubt.bench.delivery;

import dev.nodoubt.bench.delivery.report.Kind;
import dev.nodoubt.bench.delivery.report.Measured;
import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.bench.measure.BenchDatabase.Written;
import dev.nodoubt.bench.measure.CpuMeter;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole measurement: round by round, each contender in turn, in a fresh application and a fresh database. What drifts
 * meets all alike, because every round begins with another one.
 */
public final class DeliveryBenchmark {

    private static final List<Integer> PRODUCERS = List.of(32, 8);

    /** So many calls may be under way at once, of every contender. */
    static final int WORKERS = 32;

    static final int POOL = 80;
    static final int OPEN_RATE = 200;

    /** Options of every process. */
    public static final List<String> JVM =
            List.of("-XX:TieredStopAtLevel=4", "-Xms512m", "-Xmx512m", "-Dvertx.disableDnsResolver=true");

    private static final String DEAD_ROWS = """
            SELECT coalesce(sum(n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables WHERE relname NOT IN ('transfer', 'account')
            """;

    private final DeliveryOptions options;
    private final Consumer<String> progress;

    public DeliveryBenchmark(DeliveryOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * The report's table; the report itself is written.
     *
     * @throws IllegalStateException when a call of nodoubt was lost or delivered twice
     */
    public String run() throws IOException, SQLException {
        Path logs = Files.createDirectories(options.report().resolve("logs"));
        List<Measured> all = new ArrayList<>();
        try (BenchDatabase database = BenchDatabase.startCounting();
                ChildJvm target = ChildJvm.start(CallTarget.class, logs.resolve("target.log"), JVM, List.of("0"))) {
            for (int round = 0; round < options.rounds(); round++) {
                int count = options.entrants().size();
                for (int turn = 0; turn < count; turn++) {
                    Entrant entrant = options.entrants().get((round + turn) % count);
                    database.renew("bench_" + round + "_" + turn);
                    Measured measured = new Turn(entrant, round, database, target, logs).measure();
                    all.add(measured);
                    progress.accept("round " + (round + 1) + ", " + entrant.title() + ": " + measured.values());
                }
            }
            return new DeliveryReport(options, database.settings(), all).write(Instant.now());
        }
    }

    /** One contender's round. */
    private final class Turn {
        private final Entrant entrant;
        private final int round;
        private final BenchDatabase database;
        private final ChildJvm target;
        private final Path log;
        private final Map<String, Double> values = new TreeMap<>();
        private double delivered;

        private Turn(Entrant entrant, int round, BenchDatabase database, ChildJvm target, Path logs) {
            this.entrant = entrant;
            this.round = round;
            this.database = database;
            this.target = target;
            this.log = logs.resolve(entrant.title() + ".log");
        }

        private Measured measure() throws IOException, SQLException {
            Control.get(target.port(), "/reset");
            if (entrant.records() && options.backlog() > 0) {
                drain();
            }
            try (ChildJvm application = application()) {
                Control.get(application.port(), "/start");
                steady(application);
            }
            count("");
            return new Measured(entrant.title(), round, values);
        }

        private ChildJvm application() {
            return ChildJvm.start(
                    Application.class,
                    log,
                    JVM,
                    List.of(
                            entrant.title(),
                            database.jdbcUrl(),
                            Integer.toString(target.port()),
                            Integer.toString(POOL),
                            Integer.toString(WORKERS)));
        }

        private void drain() throws IOException, SQLException {
            try (ChildJvm recording = application()) {
                Control.get(recording.port(), "/backlog?count=" + options.backlog());
                leave(recording);
            }
            try (ChildJvm draining = application()) {
                double dead = database.inside(DEAD_ROWS);
                Written before = Objects.requireNonNull(database.written());
                Map<String, Double> drained = Control.get(draining.port(), "/drain");
                put("drain", drained);
                leave(draining);
                Written written = Objects.requireNonNull(database.written()).minus(before);
                values.put("drain.walBytes", written.walBytes() / options.backlog());
                values.put("drain.deadRows", (database.inside(DEAD_ROWS) - dead) / options.backlog());
            }
            count("drain.");
            Control.get(target.port(), "/reset");
            delivered = 0;
            database.renew("again_" + round + "_" + entrant.name().toLowerCase(Locale.ROOT));
        }

        private void steady(ChildJvm application) throws IOException, SQLException {
            int port = application.port();
            closed(port, 32, options.warmUpMillis());
            CpuMeter meter = new CpuMeter(application.pid(), database.pid());
            for (int producers : PRODUCERS) {
                leave(application);
                double dead = database.inside(DEAD_ROWS);
                Written before = Objects.requireNonNull(database.written());
                CpuMeter.Cpu cpu = meter.read();
                Map<String, Double> measured = closed(port, producers, options.millis());
                CpuMeter.Cpu used = meter.read().minus(cpu);
                leave(application);
                double calls = Objects.requireNonNull(measured.get("calls"));
                String name = "closed" + producers;
                put(name, measured);
                values.put(name + ".applicationMicros", used.receiver() / calls);
                values.put(name + ".databaseMicros", used.database() / calls);
                Written written = Objects.requireNonNull(database.written()).minus(before);
                values.put(name + ".walBytes", written.walBytes() / calls);
                values.put(name + ".commits", written.commits() / calls);
                values.put(name + ".statements", written.statements() / calls);
                values.put(name + ".deadRows", (database.inside(DEAD_ROWS) - dead) / calls);
            }
            // A call in the producer's own thread has arrived before its transfer returns: nothing lies between.
            if (entrant.records()) {
                String open = "/open?producers=8&rate=" + OPEN_RATE + "&count=" + OPEN_RATE * options.openSeconds();
                Map<String, Double> measured = Control.get(port, open);
                delivered += Objects.requireNonNull(measured.get("calls"));
                put("open", measured);
            }
            put("", Control.get(port, "/heap"));
            progress.accept(entrant.title() + " spent its time in the database on\n" + database.statements());
        }

        private Map<String, Double> closed(int port, int producers, int millis) throws IOException {
            Map<String, Double> measured = Control.get(port, "/closed?producers=" + producers + "&millis=" + millis);
            delivered += Objects.requireNonNull(measured.get("calls"));
            return measured;
        }

        private void leave(ChildJvm application) throws IOException, SQLException {
            database.awaitNewSessions(() -> Control.get(application.port(), "/leave"));
        }

        private void put(String name, Map<String, Double> measured) {
            measured.forEach((key, value) -> values.put(name.isEmpty() ? key : name + "." + key, value));
        }

        /** What the target itself counted. */
        private void count(String prefix) throws IOException {
            if (entrant == Entrant.TRANSFER) {
                return;
            }
            Map<String, Double> counted = Control.get(target.port(), "/counts");
            double wanted = prefix.isEmpty() ? delivered : options.backlog();
            double lost = wanted - Objects.requireNonNull(counted.get("different"));
            double doubled =
                    Objects.requireNonNull(counted.get("all")) - Objects.requireNonNull(counted.get("different"));
            values.put(prefix + "lost", lost);
            values.put(prefix + "doubled", doubled);
            if (entrant.kind() == Kind.NODOUBT && (lost != 0 || doubled != 0)) {
                throw new IllegalStateException(
                        "nodoubt lost " + lost + " and doubled " + doubled + " of " + wanted + " calls");
            }
        }
    }
}
