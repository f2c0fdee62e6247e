package dev.nodoubt.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A system that knows nothing of nodoubt. What goes wrong with an order is its body's word: {@code well}, {@code
 * answer-lost}, {@code request-lost}, {@code late} (carried out after its connection was gone), {@code busy} (503 at first)
 * or {@code refused}.
 */
final class ForeignReceiver implements AutoCloseable {

    /** What it offers to those who are in doubt. */
    enum Offer {
        KEY,
        QUERY,
        NET_CANCEL,
        NOTHING
    }

    private static final long LATE_MILLIS = 300;

    private final Offer offer;
    private final Consumer<String> record;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final Executor later = CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS, threads);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    /** @param record written with each order, as in its transaction; given the key */
    ForeignReceiver(Offer offer, Consumer<String> record) throws IOException {
        this.offer = offer;
        this.record = record;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many orders of this key it carried out and did not undo. */
    long orders(String key) {
        return orders.stream().filter(key::equals).count();
    }

    /** How often this key was sent to be carried out. */
    long requests(String key) {
        return requests.stream().filter(key::equals).count();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("Client-Order-Id"));
            boolean post = exchange.getRequestMethod().equals("POST");
            int status = 501;
            if (post && path.equals("/orders")) {
                requests.add(key);
                status = order(key, body.replaceAll(".*\"(.*)\".*", "$1"));
            } else if (post && path.equals("/orders/cancel") && offer == Offer.NET_CANCEL) {
                status = orders.remove(key) ? 200 : 404;
            } else if (!post && path.startsWith("/orders/") && offer == Offer.QUERY) {
                status = state(path.substring("/orders/".length()));
            }
            if (status > 0) {
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int state(String key) {
        return orders.contains(key) ? 200 : refused.contains(key) ? 422 : 404;
    }

    /** The answer's status; 0 for none. */
    private int order(String key, String fate) {
        boolean first = attempts.merge(key, 1, Integer::sum) == 1;
        if (offer == Offer.KEY && orders.contains(key)) {
            return 201;
        }
        switch (fate) {
            case "request-lost" -> {
                if (first) {
                    return 0;
                }
            }
            case "late" -> {
                if (first) {
                    later.execute(() -> carryOut(key));
                    return 0;
                }
            }
            case "busy" -> {
                if (first) {
                    return 503;
                }
            }
            case "refused" -> {
                refused.add(key);
                return 422;
            }
            default -> {}
        }
        carryOut(key);
        return fate.equals("answer-lost") && first ? 0 : 201;
    }

    private synchronized void carryOut(String key) {
        if (offer != Offer.KEY || !orders.contains(key)) {
            orders.add(key);
            record.accept(key);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
