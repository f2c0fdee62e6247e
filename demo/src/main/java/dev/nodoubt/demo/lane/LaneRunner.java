package dev.nodoubt.demo.lane;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Lets clients work through the input in one lane. Used once a lane. */
public final class LaneRunner {

    private final Lane lane;
    private final List<Transfer> input;
    private final int clients;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final long[] latencies;

    public LaneRunner(Lane lane, List<Transfer> input, int clients) {
        this.lane = lane;
        this.input = input;
        this.clients = clients;
        this.latencies = new long[input.size()];
    }

    /** How many transfers have been answered so far; may be asked by another thread. */
    public int done() {
        return done.get();
    }

    /**
     * Works through the input, then waits for what the lane has left under way.
     *
     * @throws IOException if a client could not go on
     */
    public LaneRun run(Settling settling) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        work();
        double seconds = (System.nanoTime() - begin) / 1e9;
        settling.await(lane);
        return new LaneRun(LongStream.of(latencies).boxed().toList(), seconds, (System.nanoTime() - begin) / 1e9);
    }

    private void work() throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients, task -> {
            Thread thread = new Thread(task, "client-of-" + lane.name());
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> {
                    client();
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("lane " + lane.name() + " ended: " + cause.getMessage(), cause);
        } finally {
            threads.shutdownNow();
        }
    }

    private void client() throws IOException, SQLException, InterruptedException {
        try (Lane.Client client = lane.client()) {
            for (int i = next.getAndIncrement(); i < input.size(); i = next.getAndIncrement()) {
                long begin = System.nanoTime();
                client.transfer(input.get(i));
                latencies[i] = System.nanoTime() - begin;
                done.incrementAndGet();
            }
        }
    }
}
