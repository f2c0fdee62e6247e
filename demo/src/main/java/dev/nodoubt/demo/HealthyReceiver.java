package dev.nodoubt.demo;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A small receiver behind a gate, on loopback: {@code POST /notes} writes its body into a table. */
final class HealthyReceiver implements AutoCloseable {

    private static final String SCOPE = "report";

    private static final String NOTE = """
            INSERT INTO note (body) VALUES (?)
            """;

    private final GateEndpoint endpoint;
    private final Consumer<String> noted;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(8);

    /**
     * Listens at once.
     *
     * @param database with the tables of the library and one of notes
     * @param noted is told each body that was written, before the commit
     */
    HealthyReceiver(DataSource database, Consumer<String> noted) throws IOException {
        Gate gate = new Gate(
                new JdbcGateStore(database),
                new JdbcTransactions(database),
                GateSettings.DEFAULT,
                InstantSource.system());
        this.endpoint = new GateEndpoint(gate, InstantSource.system());
        this.noted = noted;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Payload body = Payload.of(exchange.getRequestBody().readAllBytes(), "application/json");
            WireRequest request = new WireRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Headers.of(exchange.getRequestHeaders()),
                    body);
            send(exchange, answer(request, body));
        }
    }

    private WireResponse answer(WireRequest request, Payload body) {
        return switch (request.path()) {
            case "/nodoubt/outcome" -> endpoint.outcome(SCOPE, request);
            case "/nodoubt/fence" -> endpoint.fence(SCOPE, request);
            default -> endpoint.execute(SCOPE, request, transaction -> write(transaction, body.text()));
        };
    }

    private Reply write(Connection transaction, String body) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(NOTE)) {
            insert.setString(1, body);
            insert.executeUpdate();
        }
        noted.accept(body);
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
