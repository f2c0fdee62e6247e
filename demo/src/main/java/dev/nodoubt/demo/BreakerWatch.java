package dev.nodoubt.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the transfer service again and again for its breaker, and counts what crosses the network while it is open. */
final class BreakerWatch implements AutoCloseable {

    private static final long ASK_MILLIS = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final Crossings network;
    private final Thread thread = new Thread(this::run, "breaker-watch");
    private volatile Seen seen = new Seen(0, 0, Crossings.Crossed.NOTHING);
    private @Nullable Period period;

    /**
     * What was seen.
     *
     * @param opened how often the breaker was open with no attempt under way any more
     * @param seconds how long in all
     * @param crossed what crossed the network in that time
     */
    record Seen(int opened, double seconds, Crossings.Crossed crossed) {}

    /** One time of being open, as of the latest answer. */
    private record Period(long answered, long remaining, Crossings.Crossed crossed) {}

    BreakerWatch(URI service, Crossings network) {
        this.request = HttpRequest.newBuilder(service.resolve("/api/targets"))
                .timeout(Duration.ofSeconds(10))
                .build();
        this.network = network;
        thread.setDaemon(true);
        thread.start();
    }

    Seen seen() {
        return seen;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                // taken before the question: if the answer is still "open", it was so when this was counted
                Crossings.Crossed crossed = network.crossed();
                try {
                    look(crossed);
                } catch (IOException e) {
                    period = null;
                }
                Thread.sleep(ASK_MILLIS);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void look(Crossings.Crossed crossed) throws IOException, InterruptedException {
        byte[] body =
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        JsonNode target = JsonMapper.shared().readTree(body).path(0);
        long remaining = target.path("breakerRemainingMs").asLong();
        boolean open = target.path("breaker").asString("").equals("open")
                && target.path("inFlight").asInt() == 0;
        Period before = period;
        if (!open) {
            period = null;
        } else if (before == null || remaining > before.remaining()) {
            seen = new Seen(seen.opened() + 1, seen.seconds(), seen.crossed());
            period = new Period(System.nanoTime(), remaining, network.crossed());
        } else {
            long now = System.nanoTime();
            seen = new Seen(
                    seen.opened(),
                    seen.seconds() + (now - before.answered()) / 1e9,
                    seen.crossed().plus(crossed.since(before.crossed())));
            period = new Period(now, remaining, crossed);
        }
    }
}
