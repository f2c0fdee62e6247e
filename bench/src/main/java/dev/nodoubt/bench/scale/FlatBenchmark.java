package dev.nodoubt.bench.scale;

import dev.nodoubt.bench.delivery.CallTarget;
import dev.nodoubt.bench.delivery.Control;
import dev.nodoubt.bench.delivery.DeliveryBenchmark;
import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.test.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Round by round, part by part: the same load with more and more of one thing. */
public final class FlatBenchmark {

    private static final int WARM_UP_MILLIS = 3_000;
    private static final long POLL_NANOS = 100_000_000;

    /** More than one process records in a round; apart by a part of the accounts, so that they do not meet there. */
    private static final int NUMBERS_APART = 2_000_250;

    private static final String DEAD =
            "SELECT coalesce(max(n_dead_tup), 0) FROM pg_stat_user_tables WHERE relname = 'nodoubt_call'";

    private static final String SIZE = "SELECT pg_total_relation_size('nodoubt_call') / 1048576.0";

    private final FlatOptions options;
    private final Consumer<String> progress;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    public FlatBenchmark(FlatOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * The report's table; the report itself is written.
     *
     * @throws IllegalStateException when a call was lost or delivered twice
     */
    public String run() throws Exception {
        Path logs = Files.createDirectories(options.report().resolve("logs"));
        try (BenchDatabase database = BenchDatabase.startCounting();
                ChildJvm target = ChildJvm.start(
                        CallTarget.class, logs.resolve("target.log"), DeliveryBenchmark.JVM, List.of("0"))) {
            Bench bench = new Bench(database, target, logs.resolve("flat.log"));
            for (int round = 1; round <= options.rounds(); round++) {
                for (Part part : options.parts()) {
                    for (int size : sizes(part)) {
                        samples.addAll(new Cell(bench, part, size, round).measure());
                    }
                }
            }
            String table = new ScaleReport("flat", database.settings(), samples).write(options.report());
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(table + String.join("\n", wrong));
            }
            return table;
        }
    }

    private List<Integer> sizes(Part part) {
        FlatOptions.Sizes sizes = options.sizes();
        return switch (part) {
            case SETTLED -> sizes.settled();
            case LATER, PAUSED, LEFT -> sizes.pending();
            case RETENTION -> List.of(0, sizes.most());
            case PINNED, PINNED_PLAIN, UNPINNED -> List.of(sizes.slices());
            case RELAYS -> sizes.relays();
        };
    }

    /** What is used by all. */
    private record Bench(BenchDatabase database, ChildJvm target, Path log) {}

    /** One measurement. */
    private final class Cell {
        private final Bench bench;
        private final Part part;
        private final int size;
        private final int round;
        private final Rows rows;
        private final List<ChildJvm> applications = new ArrayList<>();

        private Cell(Bench bench, Part part, int size, int round) {
            this.bench = bench;
            this.part = part;
            this.size = size;
            this.round = round;
            this.rows = new Rows(bench.database);
        }

        private List<Sample> measure() throws Exception {
            bench.database.renew("flat_" + part.name().toLowerCase(Locale.ROOT) + "_" + size + "_" + round);
            Control.get(bench.target.port(), "/reset");
            try {
                start();
                Load load = new Load(applications, bench.database);
                load.closed(Math.min(WARM_UP_MILLIS, options.sizes().millis()));
                List<Sample> measured = part.isSliced() ? sliced(load) : List.of(once(load));
                progress.accept(bench.database.statements() + (part == Part.PINNED_PLAIN ? "" : rows.failures()));
                check(load);
                return measured;
            } finally {
                applications.forEach(ChildJvm::close);
            }
        }

        private void start() throws Exception {
            int processes = part == Part.RELAYS ? size : 1;
            for (int i = 0; i < processes; i++) {
                ScaleApplication.Setup setup = ScaleApplication.Setup.USUAL.withFirstNumber(i * NUMBERS_APART);
                applications.add(ChildJvm.start(
                        ScaleApplication.class,
                        bench.log,
                        DeliveryBenchmark.JVM,
                        (part == Part.PINNED_PLAIN ? setup.withPlain() : setup)
                                .arguments(bench.database.jdbcUrl(), bench.target.port())));
            }
            fillBefore();
            for (ChildJvm application : applications) {
                Control.get(application.port(), "/start");
            }
            if (part == Part.LATER) {
                rows.later(size, joined());
            } else if (part == Part.PAUSED) {
                rows.paused(size, joined());
            } else if (part == Part.RETENTION && size > 0) {
                Control.get(applications.get(0).port(), "/purge");
            }
        }

        private void fillBefore() throws SQLException {
            if (part == Part.SETTLED) {
                rows.settled(size, false);
            } else if (part == Part.LEFT) {
                rows.paused(size, 0);
            } else if (part == Part.RETENTION && size > 0) {
                rows.settled(size, true);
            }
        }

        private long joined() throws SQLException {
            while (rows.incarnation() == 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            return rows.incarnation();
        }

        private Sample once(Load load) throws Exception {
            Map<String, Double> values =
                    load.measure(options.sizes().millis(), options.sizes().openMillis());
            if (part == Part.RETENTION) {
                values.putAll(prefixed(Control.get(applications.get(0).port(), "/purged")));
            }
            return sample(size, values);
        }

        private static Map<String, Double> prefixed(Map<String, Double> purged) {
            return Map.of("purged.rows", Objects.requireNonNull(purged.get("rows")));
        }

        private List<Sample> sliced(Load load) throws Exception {
            List<Sample> slices = new ArrayList<>();
            try (Connection foreign = bench.database.connect()) {
                if (part != Part.UNPINNED) {
                    pin(foreign);
                }
                for (int slice : IntStream.rangeClosed(1, size).toArray()) {
                    slices.add(sample(slice, slice(load)));
                }
            }
            return slices;
        }

        private Map<String, Double> slice(Load load) throws Exception {
            int millis = options.sizes().millis();
            Map<String, Double> values = new TreeMap<>(
                    part == Part.PINNED_PLAIN
                            ? load.plain(millis)
                            : load.measure(millis, options.sizes().openMillis()));
            values.put("table.deadRows", part == Part.PINNED_PLAIN ? 0 : bench.database.inside(DEAD));
            values.put("table.mebibytes", part == Part.PINNED_PLAIN ? 0 : bench.database.inside(SIZE));
            return values;
        }

        private static void pin(Connection foreign) throws SQLException {
            foreign.setAutoCommit(false);
            foreign.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement select = foreign.createStatement()) {
                select.execute("SELECT count(*) FROM account");
            }
        }

        private Sample sample(int of, Map<String, Double> values) {
            Sample sample = new Sample(part.title(), of, round, values);
            progress.accept("round " + round + ", " + part.title() + " " + of + ": " + sample.values());
            return sample;
        }

        /** What the target counted, and what the table still holds. */
        private void check(Load load) throws Exception {
            if (part == Part.PINNED_PLAIN) {
                return;
            }
            Map<String, Double> counted = Control.get(bench.target.port(), "/counts");
            double different = Objects.requireNonNull(counted.get("different"));
            double lost = load.recorded() - different;
            double doubled = Objects.requireNonNull(counted.get("all")) - different;
            int left = rows.left();
            for (int i = 0; i < 100 && left > 0; i++) {
                LockSupport.parkNanos(POLL_NANOS);
                left = rows.left();
            }
            if (lost != 0 || doubled != 0 || left != 0) {
                wrong.add(part.title() + " " + size + ", round " + round + ": of " + load.recorded() + " calls " + lost
                        + " lost, " + doubled + " doubled, " + left + " not settled");
            }
        }
    }
}
