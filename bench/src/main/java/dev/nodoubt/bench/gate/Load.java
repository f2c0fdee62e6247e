package dev.nodoubt.bench.gate;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.bench.measure.HttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Clients in a closed loop: each sends its next order when the last one is answered, on a connection of its own. */
final class Load implements AutoCloseable {

    private static final String FILLER =
            "\",\"customer\":\"c-20417\",\"items\":[{\"article\":\"4006381333931\",\"count\":2},"
                    + "{\"article\":\"9780131103627\",\"count\":1}],\"total\":\"84.90\",\"currency\":\"EUR\"}";

    private final int port;
    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads;
    private final AtomicLong references = new AtomicLong();
    private long replays;

    Load(int port, int clients) throws IOException {
        this.port = port;
        this.threads = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client(new HttpClient(port), new ArrayDeque<>()));
        }
    }

    /**
     * A connection, and what was executed over it: the oldest first, so that each is repeated as often as any other.
     */
    private record Client(HttpClient connection, Deque<Known> known) {}

    /** An order that was executed, and what was answered. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(byte[] request, String answer) {}

    /** How many orders were sent so far; each was accepted, or {@link #run} has thrown. */
    long sent() {
        return references.get();
    }

    /** How many of them were sent again so far; each was answered as the first time, or {@link #run} has thrown. */
    long replays() {
        return replays;
    }

    /** Has so many orders executed by each client, which {@link Side#REPLAYED} repeats from then on. */
    void prepareReplays(int orders) throws IOException {
        for (Client client : clients) {
            for (int i = 0; i < orders; i++) {
                byte[] request = request(Side.GATED);
                client.known.add(new Known(request, accepted(client, request)));
            }
        }
    }

    /** When a client stops. */
    private interface Stop {
        boolean after(long sent, long nanos);
    }

    /** For so long. */
    Sample forSeconds(Side side, int seconds) throws IOException, InterruptedException {
        return run(side, (sent, nanos) -> nanos >= seconds * 1_000_000_000L);
    }

    /** So many from each client. */
    Sample each(Side side, int requests) throws IOException, InterruptedException {
        return run(side, (sent, nanos) -> sent >= requests);
    }

    private Sample run(Side side, Stop stop) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        List<Future<long[]>> loops = new ArrayList<>();
        for (Client client : clients) {
            Callable<long[]> loop = () -> loop(client, side, stop, begin);
            loops.add(threads.submit(loop));
        }
        List<long[]> latencies = new ArrayList<>();
        for (Future<long[]> loop : loops) {
            try {
                latencies.add(loop.get());
            } catch (ExecutionException e) {
                throw new IOException("a client on " + side.path() + " failed: " + e.getCause(), e);
            }
        }
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        replays += side == Side.REPLAYED ? all.length : 0;
        return new Sample(all, System.nanoTime() - begin);
    }

    private long[] loop(Client client, Side side, Stop stop, long begin) throws IOException {
        long[] latencies = new long[1024];
        int sent = 0;
        long before = System.nanoTime();
        while (!stop.after(sent, before - begin)) {
            if (side == Side.REPLAYED) {
                repeat(client);
            } else {
                accepted(client, request(side));
            }
            long after = System.nanoTime();
            if (sent == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * sent);
            }
            latencies[sent++] = after - before;
            before = after;
        }
        return Arrays.copyOf(latencies, sent);
    }

    private static String accepted(Client client, byte[] request) throws IOException {
        HttpClient.Response response = client.connection.exchange(request);
        if (response.status() != 202) {
            throw new IOException("answered with " + response.status() + ": " + response.body());
        }
        return response.body();
    }

    private static void repeat(Client client) throws IOException {
        Known known = client.known.remove();
        String answer = accepted(client, known.request);
        if (!answer.equals(known.answer)) {
            throw new IOException("first answered with " + known.answer + ", when repeated with " + answer);
        }
        client.known.add(known);
    }

    /** Byte for byte alike on both paths, but for path, key and reference. */
    private byte[] request(Side side) {
        String body = Orders.REFERENCE_FIELD + reference() + FILLER;
        String head = "POST " + side.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nIdempotency-Key: \""
                + IdempotencyKey.create(Instant.now()).value()
                + "\"\r\nNodoubt-Attempt: 1\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private String reference() {
        String number = Long.toString(references.incrementAndGet());
        return "0".repeat(Orders.REFERENCE_LENGTH - number.length()) + number;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Client client : clients) {
            client.connection.close();
        }
    }
}
