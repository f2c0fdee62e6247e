package dev.nodoubt.bench.measure;

import dev.nodoubt.test.EmbeddedMariaDb;
import dev.nodoubt.test.EmbeddedPostgres;
import dev.nodoubt.test.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The database of a run, durable: a server of its own, or a file that the receiver opens. */
public final class BenchDatabase implements AutoCloseable {

    private static final String NAME = "bench";
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

    // A checkpoint would charge the window that it meets for the writes of others: there is none for an hour.
    private static final Map<String, String> POSTGRESQL = Map.of("checkpoint_timeout", "1h", "max_wal_size", "24GB");

    private static final String STATEMENTS = """
            SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
            WHERE d.datname = '%s'
            """;

    private static final String SLOWEST = """
            SELECT 100 * total_exec_time / sum(total_exec_time) OVER (), calls, rows, 1000 * mean_exec_time, left(query, 160)
            FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
            WHERE d.datname = '%s' ORDER BY total_exec_time DESC LIMIT 15
            """;

    private static final List<String> SHOWN = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "wal_sync_method",
            "shared_buffers",
            "checkpoint_timeout",
            "max_wal_size");

    private final @Nullable EmbeddedServer server;
    private final boolean owner;
    private String name = NAME;
    private String jdbcUrl;
    private boolean countsStatements;

    private BenchDatabase(@Nullable EmbeddedServer server, String jdbcUrl, boolean owner) {
        this.server = server;
        this.jdbcUrl = jdbcUrl;
        this.owner = owner;
    }

    /**
     * A fresh one.
     *
     * @param directory for files, of H2 only
     */
    public static BenchDatabase start(DatabaseKind kind, Path directory) {
        return switch (kind) {
            case POSTGRESQL -> on(EmbeddedPostgres.start(POSTGRESQL));
            case MARIADB -> on(EmbeddedMariaDb.start());
            case H2 -> new BenchDatabase(null, "jdbc:h2:file:" + directory.resolve(NAME) + ";WRITE_DELAY=0", true);
        };
    }

    /** PostgreSQL that counts statements too, for every database of it. */
    public static BenchDatabase startCounting() throws SQLException {
        Map<String, String> settings = new HashMap<>(POSTGRESQL);
        settings.put("shared_preload_libraries", "pg_stat_statements");
        settings.put("max_connections", "1000");
        BenchDatabase database = on(EmbeddedPostgres.start(settings));
        try (Connection connection = Objects.requireNonNull(database.server)
                        .dataSource("postgres")
                        .getConnection();
                Statement create = connection.createStatement()) {
            create.execute("CREATE EXTENSION pg_stat_statements");
        }
        database.countsStatements = true;
        return database;
    }

    /** Goes on with a fresh database of this server, and drops the last one. */
    public void renew(String freshName) throws SQLException {
        EmbeddedServer running = Objects.requireNonNull(server);
        String last = name;
        running.createDatabase(freshName);
        name = freshName;
        jdbcUrl = running.jdbcUrl(freshName);
        drop(running, last);
    }

    private static void drop(EmbeddedServer running, String last) throws SQLException {
        try (Connection connection = running.dataSource("postgres").getConnection();
                Statement drop = connection.createStatement()) {
            drop.execute("DROP DATABASE " + last + " WITH (FORCE)");
            drop.execute("CHECKPOINT");
        }
    }

    /** One more database of this server, which leaves with {@link #close()}: the server stays. */
    public BenchDatabase beside(String freshName) throws SQLException {
        EmbeddedServer running = Objects.requireNonNull(server);
        running.createDatabase(freshName);
        BenchDatabase beside = new BenchDatabase(running, running.jdbcUrl(freshName), false);
        beside.name = freshName;
        beside.countsStatements = countsStatements;
        return beside;
    }

    private static BenchDatabase on(EmbeddedServer server) {
        try {
            server.createDatabase(NAME);
            return new BenchDatabase(server, server.jdbcUrl(NAME), true);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** The server's process; empty of a database inside the receiver. */
    public OptionalLong pid() {
        return server == null ? OptionalLong.empty() : OptionalLong.of(server.pid());
    }

    /** What was on, as the server itself says. */
    public String settings() throws SQLException {
        if (server instanceof EmbeddedPostgres) {
            List<String> shown = new ArrayList<>();
            for (String name : SHOWN) {
                shown.add(name + " " + ask("SHOW " + name));
            }
            return String.join(", ", shown);
        }
        return server == null
                ? "WRITE_DELAY 0, inside the receiver's process"
                : ask("SELECT concat('version ', @@version, ', innodb_flush_log_at_trx_commit ',"
                        + " @@innodb_flush_log_at_trx_commit)");
    }

    /**
     * What was written.
     *
     * @param commits acknowledged transactions, statements in autocommit included
     * @param walBytes of the write-ahead log
     * @param statements BEGIN and COMMIT included; 0 where they are not counted
     */
    public record Written(double commits, double walBytes, double statements) {
        public Written minus(Written before) {
            return new Written(commits - before.commits, walBytes - before.walBytes, statements - before.statements);
        }

        public Written over(int requests) {
            return new Written(commits / requests, walBytes / requests, statements / requests);
        }
    }

    /** Of PostgreSQL only, else null. An open session reports late, unless it is asked to. */
    public @Nullable Written written() throws SQLException {
        return server instanceof EmbeddedPostgres
                ? new Written(
                        Long.parseLong(ask("SELECT xact_commit FROM pg_stat_database WHERE datname = '" + name + "'")),
                        Long.parseLong(ask("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint")),
                        countsStatements ? Double.parseDouble(ask(STATEMENTS.formatted(name))) : 0)
                : null;
    }

    /**
     * Of PostgreSQL only: waits until the sessions that are open now have ended, and with it have reported.
     */
    public void awaitNewSessions(LeaveTaking leaving) throws SQLException, IOException {
        if (server instanceof EmbeddedPostgres) {
            String old = ask("SELECT clock_timestamp()");
            String question = "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + name
                    + "' AND backend_type = 'client backend' AND backend_start <= '" + old
                    + "'";
            long end = System.nanoTime() + LEAVE_LIMIT.toNanos();
            do {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("the receiver's sessions did not end within " + LEAVE_LIMIT);
                }
                leaving.leave(); // Again: one that was in use stays open until then.
            } while (!ask(question).equals("0"));
        }
    }

    /** Makes the receiver end the sessions that it does not use just now. */
    public interface LeaveTaking {
        void leave() throws IOException;
    }

    /** The statements that took longest, with their share of this database's time, calls, rows and mean microseconds. */
    public String statements() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection =
                        Objects.requireNonNull(server).dataSource("postgres").getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(SLOWEST.formatted(name))) {
            while (row.next()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%5.1f %% %8d calls %8d rows %9.1f us  %s%n",
                        row.getDouble(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getDouble(4),
                        row.getString(5).replaceAll("\\s+", " ")));
            }
        }
        return text.toString();
    }

    /** In the database itself: the only column of the only row. */
    public double inside(String question) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(server).dataSource(name).getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(question)) {
            row.next();
            return row.getDouble(1);
        }
    }

    /** A session of its own, in the database itself. */
    public Connection connect() throws SQLException {
        return Objects.requireNonNull(server).dataSource(name).getConnection();
    }

    /** In the database itself, each statement in a transaction of its own. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** In the server's own database: asking leaves no trace in the counts. */
    private String ask(String question) throws SQLException {
        EmbeddedServer running = Objects.requireNonNull(server);
        String home = running instanceof EmbeddedPostgres ? "postgres" : "mysql";
        try (Connection connection = running.dataSource(home).getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        if (server != null && owner) {
            server.close();
        } else if (server != null) {
            drop(server, name);
        }
    }
}
