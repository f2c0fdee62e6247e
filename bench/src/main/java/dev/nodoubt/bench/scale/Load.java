package dev.nodoubt.bench.scale;

import dev.nodoubt.bench.delivery.Control;
import dev.nodoubt.bench.measure.BenchDatabase;
import dev.nodoubt.bench.measure.CpuMeter;
import dev.nodoubt.test.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** The load on some applications of one database, and what it costs. */
final class Load {

    static final int PRODUCERS = 8;
    static final int OPEN_RATE = 200;

    /** The last outcomes are written within it. */
    private static final long SETTLING_NANOS = 100_000_000;

    private final List<ChildJvm> applications;
    private final CpuMeter meter;
    private double recorded;

    Load(List<ChildJvm> applications, BenchDatabase database) {
        this.applications = List.copyOf(applications);
        this.meter = new CpuMeter(applications.get(0).pid(), database.pid());
    }

    /** How many calls were recorded. */
    double recorded() {
        return recorded;
    }

    /** Closed loop, open loop, and nothing to do. */
    Map<String, Double> measure(int millis, int openMillis) throws Exception {
        Map<String, Double> values = plain(millis);
        Map<String, Double> open = Control.get(
                applications.get(0).port(),
                "/open?producers=" + PRODUCERS + "&rate=" + OPEN_RATE + "&count=" + OPEN_RATE * openMillis / 1_000);
        recorded += Objects.requireNonNull(open.get("calls"));
        values.put("open.p50Millis", open.get("p50Millis"));
        values.put("open.p99Millis", open.get("p99Millis"));
        values.put("idle.databaseMillisPerSecond", idle(openMillis / 2));
        return values;
    }

    /** The closed loop only. */
    Map<String, Double> plain(int millis) throws Exception {
        Map<String, Double> values = new TreeMap<>();
        CpuMeter.Cpu before = meter.read();
        Map<String, Double> closed = closed(millis);
        LockSupport.parkNanos(SETTLING_NANOS);
        CpuMeter.Cpu used = meter.read().minus(before);
        double calls = Objects.requireNonNull(closed.get("calls"));
        values.put("closed.recordedPerSecond", closed.get("recordedPerSecond"));
        values.put("closed.donePerSecond", closed.get("donePerSecond"));
        values.put("closed.databaseMicros", used.database() / calls);
        if (applications.size() == 1) {
            values.put("closed.applicationMicros", used.receiver() / calls);
        }
        return values;
    }

    private double idle(int millis) throws IOException {
        LockSupport.parkNanos(SETTLING_NANOS);
        CpuMeter.Cpu before = meter.read();
        long began = System.nanoTime();
        LockSupport.parkNanos(millis * 1_000_000L);
        return meter.read().minus(before).database() / 1e3 / ((System.nanoTime() - began) / 1e9);
    }

    /** Producers that are shared evenly by the applications. The rates are the sum of all. */
    Map<String, Double> closed(int millis) throws IOException, InterruptedException, ExecutionException {
        String command = "/closed?producers=" + PRODUCERS / applications.size() + "&millis=" + millis;
        ExecutorService each = Executors.newFixedThreadPool(applications.size());
        try {
            List<Future<Map<String, Double>>> answers = new ArrayList<>();
            for (ChildJvm application : applications) {
                answers.add(each.submit(() -> Control.get(application.port(), command)));
            }
            Map<String, Double> sums = new TreeMap<>();
            for (Future<Map<String, Double>> answer : answers) {
                answer.get().forEach((name, value) -> sums.merge(name, value, Double::sum));
            }
            recorded += Objects.requireNonNull(sums.get("calls"));
            return sums;
        } finally {
            each.shutdownNow();
        }
    }
}
