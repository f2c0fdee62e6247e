package dev.nodoubt.bench.scale;

import dev.nodoubt.bench.delivery.CallTarget;
import dev.nodoubt.bench.delivery.Control;
import dev.nodoubt.bench.delivery.DeliveryBenchmark;
import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.call.Relay;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A small heap with much to do: a backlog that is drained, and a slow target at which many calls are open. */
public final class MemoryBenchmark {

    private static final int PRODUCERS = 8;

    /** As few connections as the producers and the relay's four threads need at once, and one more. */
    private static final int POOL = PRODUCERS + 5;

    private static final int RATE = 200;
    private static final int PHASE_CALLS = 300;
    private static final int PHASES_AFTERWARDS = 5;
    private static final long LIMIT_NANOS = 3_600_000_000_000L;
    private static final long POLL_NANOS = 200_000_000;

    private final MemoryOptions options;
    private final Consumer<String> progress;
    private final List<String> wrong = new ArrayList<>();

    public MemoryBenchmark(MemoryOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * The report's table; the report itself is written.
     *
     * @throws IllegalStateException when a call was lost or delivered twice
     */
    public String run() throws Exception {
        List<Sample> samples = new ArrayList<>();
        try (BenchDatabase database = BenchDatabase.startCounting()) {
            int bound = Relay.Settings.DEFAULT.inMemory();
            if (options.calls() > 0) {
                ScaleApplication.Setup setup = new ScaleApplication.Setup(false, POOL, 32, options.calls(), 0, bound);
                samples.add(new Case("drain", options.calls(), setup, database).measure());
            }
            if (options.open() > 0) {
                int waiting = 2 * options.open();
                database.renew("memory_open");
                ScaleApplication.Setup setup = new ScaleApplication.Setup(
                        false, POOL, options.open(), waiting, options.delayMillis(), options.open() + bound);
                samples.add(new Case("open", waiting, setup, database).measure());
            }
            String table = new ScaleReport("memory", database.settings(), samples).write(options.report());
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(table + String.join("\n", wrong));
            }
            return table;
        }
    }

    /** One application over what another one has recorded. */
    private final class Case {
        private final String part;
        private final int waiting;
        private final ScaleApplication.Setup setup;
        private final BenchDatabase database;
        private final Map<String, Double> values = new TreeMap<>();
        private double recorded;
        private double heap;

        private Case(String part, int waiting, ScaleApplication.Setup setup, BenchDatabase database) {
            this.part = part;
            this.waiting = waiting;
            this.setup = setup;
            this.database = database;
        }

        private Sample measure() throws Exception {
            Path logs = Files.createDirectories(options.report().resolve("logs"));
            List<String> delay = List.of(Integer.toString(setup.delayMillis()));
            try (ChildJvm target =
                    ChildJvm.start(CallTarget.class, logs.resolve("target.log"), DeliveryBenchmark.JVM, delay)) {
                try (ChildJvm recording = application(target, logs, 0)) {
                    Control.get(recording.port(), "/backlog?count=" + waiting);
                }
                recorded = waiting;
                values.put("rows.waitingAtFirst", database.inside("SELECT count(*) FROM nodoubt_call"));
                progress.accept(part + ": " + waiting + " calls wait");
                try (ChildJvm application = application(target, logs, setup.firstNumber())) {
                    long began = System.nanoTime();
                    Control.get(application.port(), "/start");
                    produceWhileFull(application, target);
                    awaitAll(target);
                    drained(began, target);
                    afterwards(application);
                    awaitAll(target);
                    values.putAll(Control.get(application.port(), "/watched"));
                    check(target);
                }
            }
            values.put("heapMiB", heap);
            progress.accept(database.statements() + new Rows(database).failures());
            return new Sample(part, waiting, 1, values);
        }

        private ChildJvm application(ChildJvm target, Path logs, int firstNumber) {
            List<String> jvm = List.of(
                    "-XX:TieredStopAtLevel=4",
                    "-Xmx" + options.heapMiB() + "m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Dvertx.disableDnsResolver=true");
            return ChildJvm.start(
                    ScaleApplication.class,
                    logs.resolve("memory.log"),
                    jvm,
                    setup.withFirstNumber(firstNumber).arguments(database.jdbcUrl(), target.port()));
        }

        /** As long as more calls wait than memory may hold. Between the phases all garbage is collected. */
        private void produceWhileFull(ChildJvm application, ChildJvm target) throws Exception {
            List<Map<String, Double>> phases = new ArrayList<>();
            double waits = waits(target);
            while (waits > setup.inMemory() / 2.0 || phases.isEmpty()) {
                phases.add(phase(application));
                waits = waits(target);
                progress.accept(part + ": " + waits + " calls wait, heap " + heap + " MiB at most, "
                        + phases.get(phases.size() - 1));
                if (phases.size() == 1) {
                    values.put("rows.afterFirstPhase", database.inside("SELECT count(*) FROM nodoubt_call"));
                }
            }
            put("full", phases);
        }

        private void afterwards(ChildJvm application) throws IOException {
            List<Map<String, Double>> phases = new ArrayList<>();
            for (int i = 0; i < PHASES_AFTERWARDS; i++) {
                phases.add(phase(application));
            }
            put("empty", phases);
        }

        private Map<String, Double> phase(ChildJvm application) throws IOException {
            Map<String, Double> phase = Control.get(
                    application.port(), "/paced?producers=" + PRODUCERS + "&rate=" + RATE + "&count=" + PHASE_CALLS);
            recorded += PHASE_CALLS;
            heap = Math.max(heap, the(Control.get(application.port(), "/heap"), "heapMiB"));
            return phase;
        }

        private void put(String when, List<Map<String, Double>> phases) {
            values.put(when + ".phases", (double) phases.size());
            for (String name : List.of("transferP50Millis", "transferP99Millis")) {
                double[] sorted = phases.stream()
                        .mapToDouble(phase -> the(phase, name))
                        .sorted()
                        .toArray();
                values.put(when + "." + name, sorted[sorted.length / 2]);
            }
            String longest = "transferLongestMillis";
            values.put(
                    when + "." + longest,
                    phases.stream()
                            .mapToDouble(phase -> the(phase, longest))
                            .max()
                            .orElseThrow());
        }

        private double waits(ChildJvm target) throws IOException {
            return recorded - the(Control.get(target.port(), "/counts"), "different");
        }

        private void awaitAll(ChildJvm target) throws IOException {
            long end = System.nanoTime() + LIMIT_NANOS;
            while (waits(target) > 0) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(part + ": " + waits(target) + " calls still wait after an hour");
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }

        /** Of what waited at first. */
        private void drained(long began, ChildJvm target) throws IOException {
            long[] arrived = Arrays.copyOf(Control.arrivals(target.port()), waiting);
            Arrays.sort(arrived);
            double firstHalf = arrived[waiting / 2] - began;
            double secondHalf = arrived[waiting - 1] - arrived[waiting / 2];
            values.put("drained.perSecond", waiting / ((arrived[waiting - 1] - began) / 1e9));
            values.put("drained.secondHalfToFirst", firstHalf / secondHalf);
        }

        private void check(ChildJvm target) throws Exception {
            Rows rows = new Rows(database);
            for (int i = 0; i < 200 && rows.left() > 0; i++) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            Map<String, Double> counted = Control.get(target.port(), "/counts");
            double lost = recorded - the(counted, "different");
            double doubled = the(counted, "all") - the(counted, "different");
            values.put("mostOpenAtTarget", the(counted, "mostOpen"));
            if (lost != 0 || doubled != 0 || rows.left() != 0) {
                wrong.add(part + ": of " + recorded + " calls " + lost + " lost, " + doubled + " doubled, "
                        + rows.left() + " not settled");
            }
        }
    }

    private static double the(Map<String, Double> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
