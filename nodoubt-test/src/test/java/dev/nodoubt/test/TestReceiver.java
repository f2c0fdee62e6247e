package dev.nodoubt.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.Payload;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A receiver without a framework: the JDK's HTTP server, a gate, and the conformance suite's test operation. Its order is
 * the protocol's: authentication, validation, gate.
 */
final class TestReceiver implements AutoCloseable {

    static final String PATH = "/orders";

    /** The token of one caller. */
    static final String SHOP = "token-of-the-shop-4f1c";

    /** The token of another one. */
    static final String BANK = "token-of-the-bank-9a07";

    /** The token of one that may record little. */
    static final String SMALL = "token-of-the-kiosk-77e2";

    static final String SMALL_SCOPE = "kiosk";

    private static final Map<String, String> SCOPES = Map.of(SHOP, "shop", BANK, "bank", SMALL, SMALL_SCOPE);

    private static final Logger LOG = LoggerFactory.getLogger(TestReceiver.class);
    private static final int BACKLOG = 200;
    private static final String BEARER = "Bearer ";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ReceiverGate gate;
    private final TestEffects effects;
    private final HttpServer server;
    private final AtomicInteger failures = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Listens at once.
     *
     * @param port on 127.0.0.1; 0 for a free one
     * @param database where the effects go, which must be the gate's
     */
    TestReceiver(int port, DataSource database, ReceiverGate gate) throws IOException {
        this.gate = gate;
        this.effects = new TestEffects(database, PATH);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.setExecutor(threads);
        server.createContext(PATH, exchange -> answer(exchange, this::execute));
        server.createContext(PATH + "/effects/", exchange -> answer(exchange, this::count));
        server.createContext(PATH + "/held/", exchange -> answer(exchange, this::held));
        server.createContext("/nodoubt/outcome", exchange -> answer(exchange, this::outcome));
        server.createContext("/nodoubt/fence", exchange -> answer(exchange, this::fence));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many requests met a fault of this receiver's own. */
    int failures() {
        return failures.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Answer {
        WireResponse to(String scope, WireRequest request) throws Exception;
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            WireRequest request = read(exchange);
            String scope = scope(request.headers());
            write(exchange, scope == null ? unauthenticated() : answer.to(scope, request));
        } catch (IOException e) {
            LOG.debug("the client went away", e);
        } catch (Exception e) {
            failures.incrementAndGet();
            LOG.error("{} failed", exchange.getHttpContext().getPath(), e);
            exchange.sendResponseHeaders(500, -1);
        }
    }

    private WireResponse execute(String scope, WireRequest request) {
        if (!request.method().equals("POST") || !pathOf(request).equals(PATH)) {
            return refusal(405, "method-not-allowed", Headers.NONE.and("Allow", "POST"));
        }
        TestOrder order;
        try {
            byte[] body = OrderBody.of(request);
            order = body.length > OrderBody.LARGEST ? TestOrder.UNREAD : TestOrder.of(body);
        } catch (IllegalArgumentException e) {
            return refusal(400, "order-invalid", Headers.NONE);
        }
        return gate.execute(scope, request, effects.work(order));
    }

    private WireResponse count(String scope, WireRequest request) throws SQLException {
        return new WireResponse(
                200,
                Headers.NONE,
                Payload.of(
                        Long.toString(effects.count(lastOf(request))).getBytes(StandardCharsets.US_ASCII),
                        "text/plain"));
    }

    private WireResponse held(String scope, WireRequest request) {
        String mark = lastOf(request);
        boolean held = effects.isHeld(mark);
        if (request.method().equals("DELETE")) {
            effects.release(mark);
        }
        return new WireResponse(held ? 204 : 404, Headers.NONE, Payload.EMPTY);
    }

    private WireResponse outcome(String scope, WireRequest request) {
        return gate.outcome(scope, request);
    }

    private WireResponse fence(String scope, WireRequest request) {
        return gate.fence(scope, request);
    }

    private static @Nullable String scope(Headers headers) {
        String authorization = headers.first("Authorization").orElse("");
        return authorization.startsWith(BEARER) ? SCOPES.get(authorization.substring(BEARER.length())) : null;
    }

    private static WireResponse unauthenticated() {
        return refusal(401, "unauthenticated", Headers.NONE.and("WWW-Authenticate", "Bearer"));
    }

    /** Refused before the gate: nothing is stored. */
    private static WireResponse refusal(int status, String type, Headers headers) {
        String problem =
                "{\"type\":\"urn:test-receiver:" + type + "\",\"title\":\"" + type + "\",\"status\":" + status + "}";
        return new WireResponse(
                status,
                headers.and(Headers.OUTCOME, "not-executed"),
                Payload.of(problem.getBytes(StandardCharsets.UTF_8), "application/problem+json"));
    }

    private static String pathOf(WireRequest request) {
        int query = request.path().indexOf('?');
        return query < 0 ? request.path() : request.path().substring(0, query);
    }

    private static String lastOf(WireRequest request) {
        return request.path().substring(request.path().lastIndexOf('/') + 1);
    }

    private static WireRequest read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(exchange.getRequestHeaders());
        String mediaType =
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE), "");
        fields.remove(Headers.CONTENT_TYPE);
        fields.remove("Content-Length");
        return new WireRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Headers.of(fields),
                Payload.of(exchange.getRequestBody().readAllBytes(), mediaType));
    }

    private static void write(HttpExchange exchange, WireResponse response) throws IOException {
        exchange.getResponseHeaders().putAll(response.headers().asMap());
        byte[] body = response.body().bytes();
        if (!response.body().mediaType().isEmpty()) {
            exchange.getResponseHeaders()
                    .set(Headers.CONTENT_TYPE, response.body().mediaType());
        }
        boolean without = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), without ? -1 : body.length);
        if (!without) {
            exchange.getResponseBody().write(body);
        }
    }
}
