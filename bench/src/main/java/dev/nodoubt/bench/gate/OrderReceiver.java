package dev.nodoubt.bench.gate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateUpkeep;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * The receiver as a process: one handler behind the gate and without it, over one pool. Arguments are the JDBC address,
 * with its credentials, the pool's size and the port.
 */
final class OrderReceiver {

    private static final int BACKLOG = 200;
    private static final Headers PLAIN = Headers.NONE;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HikariDataSource pool;
    private final GateEndpoint gated;

    private OrderReceiver(HikariDataSource pool, Gate gate) {
        this.pool = pool;
        this.gated = new GateEndpoint(gate, InstantSource.system());
    }

    public static void main(String[] args) throws IOException, SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setMaximumPoolSize(Integer.parseInt(args[1]));
        HikariDataSource pool = new HikariDataSource(config);
        new Schema(pool).create();
        try (Connection connection = pool.getConnection()) {
            Orders.create(connection);
        }
        Gate gate = new Gate(
                new JdbcGateStore(pool), new JdbcTransactions(pool), GateSettings.DEFAULT, InstantSource.system());
        new GateUpkeep(gate).start();
        System.out.println("READY " + new OrderReceiver(pool, gate).listen(Integer.parseInt(args[2])));
    }

    private int listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(Side.GATED.path(), exchange -> answer(exchange, this::gated));
        server.createContext(Side.UNGATED.path(), exchange -> answer(exchange, this::ungated));
        server.createContext("/count", exchange -> answer(exchange, this::count));
        server.createContext("/leave", exchange -> answer(exchange, this::leave));
        server.start();
        return server.getAddress().getPort();
    }

    private interface Path {
        WireResponse answer(HttpExchange exchange) throws Exception;
    }

    private static void answer(HttpExchange exchange, Path path) throws IOException {
        try (exchange) {
            WireResponse response = path.answer(exchange);
            byte[] body = response.body().bytes();
            exchange.getResponseHeaders().putAll(response.headers().asMap());
            exchange.getResponseHeaders()
                    .set(Headers.CONTENT_TYPE, response.body().mediaType());
            exchange.sendResponseHeaders(response.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (Exception e) {
            exchange.sendResponseHeaders(500, -1);
        }
    }

    private WireResponse gated(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(exchange.getRequestHeaders());
        String mediaType = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        fields.remove(Headers.CONTENT_TYPE);
        fields.remove("Content-Length");
        WireRequest request = new WireRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Headers.of(fields),
                Payload.of(body, mediaType));
        return gated.execute("bench", request, transaction -> Orders.take(transaction, body));
    }

    private WireResponse ungated(HttpExchange exchange) throws IOException, SQLException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Reply reply = Orders.take(connection, body);
            connection.commit();
            return new WireResponse(reply.status(), PLAIN, reply.body() == null ? Payload.EMPTY : reply.body());
        }
    }

    private WireResponse count(HttpExchange exchange) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return text(Orders.count(connection));
        }
    }

    /** Ends the pool's sessions, so that the database counts what they did. */
    private WireResponse leave(HttpExchange exchange) {
        pool.getHikariPoolMXBean().softEvictConnections();
        return text("left");
    }

    private static WireResponse text(String text) {
        return new WireResponse(200, PLAIN, Payload.of(text.getBytes(StandardCharsets.US_ASCII), "text/plain"));
    }
}
