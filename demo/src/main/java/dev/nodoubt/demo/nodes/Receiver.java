package dev.nodoubt.demo.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** The called system, behind a gate, on loopback: each execution writes its body into a table. */
final class Receiver implements AutoCloseable {

    private static final String EFFECT = "INSERT INTO effect (body) VALUES (?)";

    private final GateEndpoint endpoint;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    /**
     * A call that arrived, executed or not.
     *
     * @param node who sent it
     * @param body what it asked for
     * @param at as {@link System#nanoTime} counts
     */
    record Arrival(String node, String body, long at) {}

    /** Listens at once. */
    Receiver(DataSource database) throws IOException {
        Gate gate = new Gate(
                new JdbcGateStore(database),
                new JdbcTransactions(database),
                GateSettings.DEFAULT,
                InstantSource.system());
        this.endpoint = new GateEndpoint(gate, InstantSource.system());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    static String body(String purchase) {
        return "{\"purchase\":\"" + purchase + "\"}";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Calls that arrived since this instant. */
    List<Arrival> since(long instant) {
        return arrivals.stream().filter(arrival -> arrival.at - instant >= 0).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /** The path's first part is the sender's name. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            int end = path.indexOf('/', 1);
            Payload body = Payload.of(exchange.getRequestBody().readAllBytes(), "application/json");
            WireRequest request = new WireRequest(
                    exchange.getRequestMethod(), path.substring(end), Headers.of(exchange.getRequestHeaders()), body);
            send(exchange, answer(path.substring(1, end), request, body));
        }
    }

    private WireResponse answer(String node, WireRequest request, Payload body) {
        return switch (request.path()) {
            case "/nodoubt/outcome" -> endpoint.outcome("nodes", request);
            case "/nodoubt/fence" -> endpoint.fence("nodes", request);
            default -> {
                arrivals.add(new Arrival(node, body.text(), System.nanoTime()));
                yield endpoint.execute("nodes", request, transaction -> write(transaction, body.text()));
            }
        };
    }

    private static Reply write(Connection transaction, String body) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(EFFECT)) {
            insert.setString(1, body);
            insert.executeUpdate();
        }
        return Reply.of(204);
    }

    private static void send(HttpExchange exchange, WireResponse response) throws IOException {
        response.headers()
                .asMap()
                .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        byte[] bytes = response.body().bytes();
        if (bytes.length > 0) {
            exchange.getResponseHeaders()
                    .set(Headers.CONTENT_TYPE, response.body().mediaType());
        }
        exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
