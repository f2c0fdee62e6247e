package dev.nodoubt.bench.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The application as a process: one contender over one pool, told what to do over HTTP, one command at a time. Arguments
 * are the contender, the JDBC address with its credentials, the target's port, the pool's size, the calls that may be
 * under way at once, and the port.
 *
 * <p>Answers are lines of {@code name=value}.
 */
public final class Application {

    private static final String EQUALS = "=";

    private final HikariDataSource pool;
    private final Contender contender;
    private final Producers producers;
    private final Map<String, Command> others = new TreeMap<>();

    /** @param firstNumber of its transfers: what several applications of one target have apart */
    public Application(HikariDataSource pool, Contender contender, int targetPort, int firstNumber) {
        this.pool = pool;
        this.contender = contender;
        this.producers = new Producers(contender, targetPort, firstNumber);
    }

    public static void main(String[] args) throws Exception {
        HikariDataSource pool = pool(args[1], Integer.parseInt(args[3]));
        int targetPort = Integer.parseInt(args[2]);
        Surroundings surroundings = new Surroundings(pool, targetPort, Integer.parseInt(args[4]));
        Contender contender = Entrant.titled(args[0]).make(surroundings);
        Application application = new Application(pool, contender, targetPort, 0);
        System.out.println("READY " + application.listen(Integer.parseInt(args[5])));
    }

    /** Connections to a database that has the business tables, made where they are missing. */
    public static HikariDataSource pool(String jdbcUrl, int size) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(size);
        HikariDataSource pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection()) {
            Transfer.createTables(connection);
        }
        return pool;
    }

    /** One command more than all applications have. To be named before it listens. */
    public Application with(String path, Command command) {
        others.put(path, command);
        return this;
    }

    /** The port where it listens. */
    public int listen(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext(
                "/start",
                exchange -> answer(exchange, o -> {
                    contender.start();
                    return Map.of();
                }));
        server.createContext(
                "/closed",
                exchange -> answer(exchange, o -> producers.closedLoop(o.the("producers"), o.the("millis"))));
        server.createContext(
                "/open",
                exchange ->
                        answer(exchange, o -> producers.openLoop(o.the("producers"), o.the("rate"), o.the("count"))));
        server.createContext(
                "/paced",
                exchange -> answer(exchange, o -> producers.paced(o.the("producers"), o.the("rate"), o.the("count"))));
        server.createContext("/backlog", exchange -> answer(exchange, o -> producers.backlog(o.the("count"))));
        server.createContext("/drain", exchange -> answer(exchange, o -> producers.drain()));
        server.createContext("/report", exchange -> answer(exchange, o -> report()));
        server.createContext("/heap", exchange -> answer(exchange, o -> heap()));
        others.forEach((path, command) -> server.createContext(path, exchange -> answer(exchange, command)));
        server.start();
        return server.getAddress().getPort();
    }

    /** Has the sessions that are not used just now report to the database's counters what they did: an open one waits. */
    private Map<String, Double> report() throws SQLException {
        List<Connection> idle = new ArrayList<>();
        try {
            while (pool.getHikariPoolMXBean().getIdleConnections() > 0) {
                Connection connection = pool.getConnection();
                idle.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_stat_force_next_flush()");
                }
            }
        } finally {
            for (Connection connection : idle) {
                connection.close();
            }
        }
        return Map.of();
    }

    private static Map<String, Double> heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return Map.of("heapMiB", (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    }

    /** What a command does with its options. */
    public interface Command {
        Map<String, Double> run(Options options) throws Exception;
    }

    /** Of a command, by name. */
    public record Options(Map<String, Integer> byName) {
        static Options of(@Nullable String query) {
            Map<String, Integer> byName = new TreeMap<>();
            for (String option : query == null ? new String[0] : query.split("&", -1)) {
                int equals = option.indexOf(EQUALS);
                byName.put(option.substring(0, equals), Integer.parseInt(option.substring(equals + 1)));
            }
            return new Options(byName);
        }

        public int the(String name) {
            return Objects.requireNonNull(byName.get(name), name);
        }
    }

    private static void answer(HttpExchange exchange, Command command) throws IOException {
        try (exchange) {
            Options options = Options.of(exchange.getRequestURI().getQuery());
            String text = command.run(options).entrySet().stream()
                    .map(entry -> entry.getKey() + EQUALS + entry.getValue())
                    .collect(Collectors.joining("\n"));
            send(exchange, 200, text);
        } catch (Exception e) {
            e.printStackTrace();
            send(exchange, 500, e.toString());
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
