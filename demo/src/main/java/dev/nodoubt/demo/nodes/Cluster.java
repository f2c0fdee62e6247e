package dev.nodoubt.demo.nodes;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.test.ChildJvm;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The nodes, each a process, their one database, and the system they call, which has a database of its own. */
final class Cluster implements AutoCloseable {

    private static final String DATABASE = "shop";

    private final Path directory = Files.createTempDirectory("nodoubt-nodes-");
    private final EmbeddedPostgres shop;
    private final EmbeddedPostgres stock;
    private final HikariDataSource calls = new HikariDataSource();
    private final HikariDataSource effects = new HikariDataSource();
    private final Receiver receiver;
    private final Map<String, ChildJvm> nodes = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    Cluster() throws IOException, SQLException {
        shop = EmbeddedPostgres.start();
        stock = EmbeddedPostgres.start();
        shop.createDatabase(DATABASE);
        calls.setJdbcUrl(shop.jdbcUrl(DATABASE));
        calls.setMaximumPoolSize(2);
        new Schema(calls).create();
        execute(calls, "CREATE TABLE purchase (id text PRIMARY KEY, node text NOT NULL)");
        execute(
                calls,
                "CREATE TABLE handled (purchase text NOT NULL, made_by text NOT NULL, settled_by text NOT NULL, outcome text NOT NULL)");
        stock.createDatabase("stock");
        effects.setJdbcUrl(stock.jdbcUrl("stock"));
        new Schema(effects).create();
        execute(effects, "CREATE TABLE effect (body text NOT NULL)");
        receiver = new Receiver(effects);
    }

    /** Starts a node that knows these targets. */
    void start(String name, Duration skew, Trial.Settings settings, String... targets) throws IOException {
        NodeSettings node = new NodeSettings(
                name,
                shop.jdbcUrl(DATABASE),
                receiver.port(),
                List.of(targets),
                skew,
                settings.lease(),
                settings.pause());
        nodes.put(
                name,
                ChildJvm.start(
                        NodeMain.class,
                        log(name),
                        List.of("-Xmx96m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"),
                        List.of(node.write(directory).toString())));
    }

    ChildJvm node(String name) {
        ChildJvm node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("node " + name + " was not started, only " + nodes.keySet());
        }
        return node;
    }

    /** Asks a node over HTTP. */
    String ask(String node, String what) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + node(node).port() + what);
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** The lines of a node's log with this in them. */
    List<String> logged(String node, String part) throws IOException {
        try (Stream<String> lines = Files.lines(log(node))) {
            return lines.filter(line -> line.contains(part)).toList();
        }
    }

    EmbeddedPostgres server() {
        return shop;
    }

    Books books() {
        return new Books(calls, effects);
    }

    Receiver receiver() {
        return receiver;
    }

    /** Statements of whoever administers the database; each in a transaction of its own. */
    void administer(String... statements) throws SQLException {
        execute(shop.dataSource(DATABASE), statements);
    }

    private Path log(String node) {
        return directory.resolve(node + ".log");
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws IOException {
        nodes.values().forEach(ChildJvm::close);
        receiver.close();
        effects.close();
        calls.close();
        shop.close();
        stock.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
