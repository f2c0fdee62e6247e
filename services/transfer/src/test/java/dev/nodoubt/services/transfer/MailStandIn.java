package dev.nodoubt.services.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that speaks as the mail service does: it takes each key once, and tells what became of it. A notification to an
 * address at {@link #NEVER} it does not take, and fences.
 */
final class MailStandIn implements AutoCloseable {

    static final String NEVER = "@never.example";

    private static final String ID = "0192f0c1-0000-7000-8000-000000000001";

    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    MailStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The bodies of the notifications that were taken, each key once. */
    Map<String, String> bodies() {
        return Map.copyOf(bodies);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Nodoubt-Protocol", "1");
            if (path.equals("/api/notifications") && body.contains(NEVER)) {
                exchange.getResponseHeaders().set("Nodoubt-Outcome", "not-executed");
                send(exchange, 503, "{}");
            } else if (path.equals("/nodoubt/fence")) {
                exchange.getResponseHeaders().set("Nodoubt-Outcome", "fenced");
                send(exchange, 200, "{\"outcome\":\"fenced\",\"final\":true}");
            } else if (path.equals("/api/notifications")) {
                bodies.put(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body);
                exchange.getResponseHeaders().set("Nodoubt-Outcome", "executed");
                send(exchange, 202, "{\"id\":\"" + ID + "\"}");
            } else if (path.equals("/api/notifications/" + ID)) {
                send(exchange, 200, "{\"id\":\"" + ID + "\",\"state\":\"sent\",\"attempts\":1}");
            } else {
                exchange.getResponseHeaders().set("Nodoubt-Outcome", "absent");
                send(exchange, 200, "{\"outcome\":\"absent\",\"final\":false}");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
