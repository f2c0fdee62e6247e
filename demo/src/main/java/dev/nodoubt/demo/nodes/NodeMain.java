package dev.nodoubt.demo.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.KnownCall;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Target;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One node: a process of the library alone that makes purchases, each with a call in its transaction, until it is told to
 * be quiet. SIGTERM ends it in order.
 */
public final class NodeMain {

    static final String HANDLER = "handled";

    private static final String PURCHASE = "INSERT INTO purchase (id, node) VALUES (?, ?)";
    private static final String HANDLED =
            "INSERT INTO handled (purchase, made_by, settled_by, outcome) VALUES (?, ?, ?, ?)";

    private final NodeSettings settings;
    private final HikariDataSource database;
    private final HttpTransport transport;
    private final Relay relay;
    private final InstantSource clock;
    private final String run = Long.toString(ProcessHandle.current().pid());
    private final Thread traffic = new Thread(this::buy, "traffic");
    private volatile boolean quiet;
    private int purchases;

    private NodeMain(NodeSettings settings) {
        this.settings = settings;
        this.clock = InstantSource.offset(InstantSource.system(), settings.skew());
        this.database = pool(settings);
        this.transport =
                new HttpTransport(settings.targets().stream().map(this::reached).toList());
        this.relay = new Relay(
                new JdbcCallStore(database),
                transport,
                settings.targets().stream()
                        .map(target -> protectedBy(target, settings.lease()))
                        .toList(),
                new Relay.Hooks(Map.of(HANDLER, this::handle), call -> {}),
                new Relay.Settings(
                        settings.name(),
                        settings.lease(),
                        settings.lease().dividedBy(15),
                        2_000,
                        500,
                        CallStore.Retention.DEFAULT));
    }

    /** Takes the file of its settings, and the port where it is told what to do. */
    public static void main(String[] arguments) throws IOException {
        NodeMain node = new NodeMain(NodeSettings.read(Path.of(arguments[0])));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "close"));
        node.relay.start();
        node.traffic.start();
        System.out.println("READY " + node.listen(Integer.parseInt(arguments[1])));
    }

    private static HikariDataSource pool(NodeSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.database());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(Math.max(settings.lease().toMillis() / 5, 250));
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** The path's first part says to the receiver which node it was; nothing of the protocol knows it. */
    private HttpTarget reached(String target) {
        Duration response = atLeast(settings.lease().dividedBy(5), 1_000);
        return HttpTarget.of(target, URI.create("http://127.0.0.1:" + settings.receiver() + "/" + settings.name()))
                .withTimeouts(new HttpTarget.Timeouts(
                        atLeast(settings.lease().dividedBy(15), 500), response, response, Duration.ofMillis(200)));
    }

    /** A busy machine may let a healthy system look dead: it is asked again after a lease at the latest. */
    private static Target protectedBy(String name, Duration lease) {
        Target usual = Target.of(name);
        return usual.withBackoff(
                        new Backoff(lease.dividedBy(8), lease, usual.backoff().jitter()))
                .withBreaker(new Target.Breaker(
                        usual.breaker().window(), lease, usual.breaker().probes()));
    }

    private static Duration atLeast(Duration time, long millis) {
        return Duration.ofMillis(Math.max(time.toMillis(), millis));
    }

    private void handle(Connection transaction, KnownCall call) throws SQLException {
        String purchase = String.valueOf(call.labels().reference());
        try (PreparedStatement insert = transaction.prepareStatement(HANDLED)) {
            insert.setString(1, purchase);
            insert.setString(2, purchase.substring(0, purchase.indexOf('-')));
            insert.setString(3, settings.name());
            insert.setString(4, call.outcome().getClass().getSimpleName());
            insert.executeUpdate();
        }
    }

    private void buy() {
        try {
            while (!quiet) {
                try {
                    buy(settings.targets().get(0), Duration.ZERO);
                } catch (SQLException | RuntimeException e) {
                    System.out.println("a purchase failed: " + e.getMessage());
                }
                Thread.sleep(settings.pause().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The purchase and its call, in one transaction. */
    private void buy(String target, Duration delay) throws SQLException {
        String id = nextPurchase();
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try (PreparedStatement insert = transaction.prepareStatement(PURCHASE)) {
                insert.setString(1, id);
                insert.setString(2, settings.name());
                insert.executeUpdate();
            }
            Call call = new Call(
                            IdempotencyKey.create(clock.instant()),
                            new Request(target, "POST", "/purchases", Payload.json(Receiver.body(id))),
                            Call.Timing.DEFAULT,
                            Call.Labels.NONE)
                    .withReference(id)
                    .withHandler(HANDLER);
            Outbox.Recorded recorded = relay.outbox().send(transaction, delay.isZero() ? call : call.withDelay(delay));
            transaction.commit();
            recorded.committed();
        }
    }

    private synchronized String nextPurchase() {
        return settings.name() + "-" + run + "-" + ++purchases;
    }

    private void close() {
        quiet = true;
        relay.close();
        transport.close();
        database.close();
    }

    // -- what it is told over HTTP

    private int listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        server.createContext("/quiet", exchange -> answer(exchange, quiet()));
        server.createContext("/record", exchange -> answer(exchange, record(parameters(exchange))));
        server.createContext("/open", exchange -> answer(exchange, open(parameters(exchange))));
        server.start();
        return server.getAddress().getPort();
    }

    private String quiet() {
        quiet = true;
        try {
            traffic.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "quiet";
    }

    /** So many purchases at once, their calls delayed. */
    private String record(Map<String, String> parameters) {
        int calls = Integer.parseInt(parameters.getOrDefault("calls", "0"));
        try {
            for (int i = 0; i < calls; i++) {
                buy(
                        parameters.getOrDefault("target", settings.targets().get(0)),
                        Duration.parse(parameters.getOrDefault("delay", "PT0S")));
            }
            return Integer.toString(calls);
        } catch (SQLException e) {
            return e.toString();
        }
    }

    /** How this node's outbox shows the calls to a target, whether the node knows it or not. */
    private String open(Map<String, String> parameters) {
        CallQuery query =
                CallQuery.NEWEST.to(parameters.getOrDefault("target", "")).limit(1_000);
        List<RecordedCall> calls = relay.outbox().search(query);
        return calls.stream()
                .collect(Collectors.groupingBy(call -> call.state() + " after " + call.attempts() + " attempts"))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue().size() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        return List.of(exchange.getRequestURI().getQuery().split("&")).stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
