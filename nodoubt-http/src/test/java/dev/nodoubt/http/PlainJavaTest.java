package dev.nodoubt.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.GateUpkeep;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.test.EmbeddedPostgres;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The README's sample without Spring, run: caller and receiver in one process, over real HTTP and PostgreSQL. */
class PlainJavaTest {

    @Test
    void a_committed_order_is_mailed_once_although_the_first_answer_is_lost() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource caller = postgres.createDatabase("orders");
            DataSource receiver = postgres.createDatabase("mails");
            execute(caller, "CREATE TABLE orders (id integer)");
            execute(receiver, "CREATE TABLE mails (text text)");
            new Schema(receiver).create();
            HttpServer server = serve(receiver);

            IdempotencyKey key = order(
                    caller, URI.create("http://127.0.0.1:" + server.getAddress().getPort()));

            assertThat(count(receiver, "SELECT count(*) FROM mails")).isEqualTo(1);
            assertThat(count(caller, "SELECT attempts FROM nodoubt_settled WHERE call_key = '" + key.value() + "'"))
                    .isEqualTo(2);
            server.stop(0);
        }
    }

    private static IdempotencyKey order(DataSource database, URI mail) throws SQLException {
        // tag::caller[]
        new Schema(database).create();
        HttpTransport transport = new HttpTransport(List.of(HttpTarget.of("mail", mail)));
        JdbcCallStore store = new JdbcCallStore(database);
        Relay relay = new Relay(store, transport, List.of(Target.of("mail")), Relay.Settings.DEFAULT);
        relay.start();

        Outbox.Recorded call;
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            insertOrder(transaction);
            call = relay.outbox().send(transaction, Call.post("mail", "/mails", Payload.json("{\"order\":1}")));
            call.beforeCommit(transaction); // throws where PostgreSQL would answer the commit with a rollback
            transaction.commit();
        }
        call.committed(); // delivery begins now; without this line, within a second
        // end::caller[]
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> isExecuted(relay.outbox(), call.key()));
        relay.close();
        transport.close();
        return call.key();
    }

    private static boolean isExecuted(Outbox outbox, IdempotencyKey key) {
        Optional<RecordedCall> call = outbox.find(key);
        return call.filter(c -> c.state() == CallState.EXECUTED).isPresent();
    }

    private static void insertOrder(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("INSERT INTO orders VALUES (1)");
        }
    }

    /** The first POST's answer never leaves. */
    private static HttpServer serve(DataSource database) throws IOException {
        // tag::receiver[]
        InstantSource clock = InstantSource.system();
        Gate gate = new Gate(new JdbcGateStore(database), new JdbcTransactions(database), GateSettings.DEFAULT, clock);
        GateEndpoint endpoint = new GateEndpoint(gate, clock);
        GateUpkeep upkeep = new GateUpkeep(gate); // purges what is older than its retention
        upkeep.start();
        // end::receiver[]
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger posts = new AtomicInteger();
        server.createContext("/mails", exchange -> {
            // tag::execute[]
            WireRequest request = read(exchange);
            WireResponse response = endpoint.execute("orders", request, transaction -> {
                insertMail(transaction, request.body().text());
                return Reply.of(202, Payload.json("{}"));
            });
            // end::execute[]
            if (posts.incrementAndGet() == 1) {
                exchange.close();
            } else {
                write(exchange, response);
            }
        });
        server.createContext("/nodoubt/outcome", e -> write(e, endpoint.outcome("orders", read(e))));
        server.createContext("/nodoubt/fence", e -> write(e, endpoint.fence("orders", read(e))));
        server.start();
        return server;
    }

    private static void insertMail(Connection transaction, String text) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO mails VALUES (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
        }
    }

    private static WireRequest read(HttpExchange exchange) throws IOException {
        String mediaType =
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Content-Type"), "");
        return new WireRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Headers.of(exchange.getRequestHeaders()),
                Payload.of(exchange.getRequestBody().readAllBytes(), mediaType));
    }

    private static void write(HttpExchange exchange, WireResponse response) throws IOException {
        byte[] body = response.body().bytes();
        response.headers()
                .asMap()
                .forEach((name, values) ->
                        values.forEach(value -> exchange.getResponseHeaders().add(name, value)));
        exchange.getResponseHeaders().set("Content-Type", response.body().mediaType());
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
