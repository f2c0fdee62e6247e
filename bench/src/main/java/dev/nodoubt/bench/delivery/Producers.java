package dev.nodoubt.bench.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Who makes transfers, and for how long; every measurement ends when the contender's tables say that all is done. */
final class Producers {

    /** In a backlog many are recorded in one transaction: it is not what is measured. */
    private static final int BACKLOG_BATCH = 100;

    private static final int BACKLOG_PRODUCERS = 4;
    private static final long POLL_NANOS = 20_000_000;
    private static final long LIMIT_NANOS = 1_800_000_000_000L;

    private final Contender contender;
    private final int targetPort;
    private final AtomicInteger next;

    Producers(Contender contender, int targetPort, int firstNumber) {
        this.contender = contender;
        this.targetPort = targetPort;
        this.next = new AtomicInteger(firstNumber);
    }

    /** Each producer makes its next transfer when the last one is committed. */
    Map<String, Double> closedLoop(int producers, int millis) throws Exception {
        long length = millis * 1_000_000L;
        int before = next.get();
        long began = System.nanoTime();
        run(producers, () -> {
            while (System.nanoTime() - began < length) {
                contender.transfer(List.of(new Transfer(next.getAndIncrement())));
            }
            return true;
        });
        double recorded = (System.nanoTime() - began) / 1e9;
        awaitDone();
        double seconds = (System.nanoTime() - began) / 1e9;
        int calls = next.get() - before;
        return Map.of("calls", (double) calls, "recordedPerSecond", calls / recorded, "donePerSecond", calls / seconds);
    }

    /** Transfers begin at a fixed rate, however long they take. */
    Map<String, Double> openLoop(int producers, int rate, int count) throws Exception {
        Paced paced = pace(producers, rate, count);
        awaitDone();
        long[] arrivedAt = Control.arrivals(targetPort);
        double[] latency = IntStream.range(0, count)
                .mapToDouble(i -> Math.max(0, arrivedAt[paced.first + i] - paced.committedAt[i]) / 1e6)
                .sorted()
                .toArray();
        return Map.of(
                "calls", (double) count,
                "p50Millis", at(latency, 0.5),
                "p99Millis", at(latency, 0.99),
                "p999Millis", at(latency, 0.999));
    }

    /** The same without waiting for their calls: how long the transfers themselves took. */
    Map<String, Double> paced(int producers, int rate, int count) throws Exception {
        double[] took = Arrays.stream(pace(producers, rate, count).tookNanos)
                .mapToDouble(nanos -> nanos / 1e6)
                .sorted()
                .toArray();
        return Map.of(
                "calls",
                (double) count,
                "transferP50Millis",
                at(took, 0.5),
                "transferP99Millis",
                at(took, 0.99),
                "transferLongestMillis",
                took[count - 1]);
    }

    /** Transfers by their order from the first number. */
    private static final class Paced {
        private final int first;
        private final long[] committedAt;
        private final long[] tookNanos;

        private Paced(int first, int count) {
            this.first = first;
            this.committedAt = new long[count];
            this.tookNanos = new long[count];
        }
    }

    private Paced pace(int producers, int rate, int count) throws Exception {
        long pause = 1_000_000_000L / rate;
        int first = next.getAndAdd(count);
        Paced paced = new Paced(first, count);
        long began = System.nanoTime();
        AtomicInteger turn = new AtomicInteger();
        run(producers, () -> {
            for (int i = turn.getAndIncrement(); i < count; i = turn.getAndIncrement()) {
                long at = began + i * pause;
                while (System.nanoTime() < at) {
                    LockSupport.parkNanos(at - System.nanoTime());
                }
                long called = System.nanoTime();
                contender.transfer(List.of(new Transfer(first + i)));
                paced.committedAt[i] = System.nanoTime();
                paced.tookNanos[i] = paced.committedAt[i] - called;
            }
            return true;
        });
        return paced;
    }

    private static double at(double[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * part))];
    }

    /** Records and does not wait: for an application that was not started. */
    Map<String, Double> backlog(int count) throws Exception {
        run(BACKLOG_PRODUCERS, () -> {
            for (int from = next.getAndAdd(BACKLOG_BATCH); from < count; from = next.getAndAdd(BACKLOG_BATCH)) {
                contender.transfer(IntStream.range(from, Math.min(from + BACKLOG_BATCH, count))
                        .mapToObj(Transfer::new)
                        .toList());
            }
            return true;
        });
        return Map.of("calls", (double) count);
    }

    /** Starts the contender and waits until what an earlier process left is done. */
    Map<String, Double> drain() throws Exception {
        long began = System.nanoTime();
        contender.start();
        awaitDone();
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] arrivedAt = Control.arrivals(targetPort);
        Arrays.sort(arrivedAt);
        int count = arrivedAt.length;
        next.set(count);
        double firstHalf = arrivedAt[count / 2] - began;
        double secondHalf = arrivedAt[count - 1] - arrivedAt[count / 2];
        return Map.of(
                "calls", (double) count, "donePerSecond", count / seconds, "secondHalfToFirst", firstHalf / secondHalf);
    }

    private void awaitDone() throws Exception {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (contender.isOpen()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("calls are still open after half an hour");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static void run(int threads, Callable<Boolean> loop) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Boolean>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                loops.add(pool.submit(loop));
            }
            for (Future<Boolean> one : loops) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
