package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL 18 server of its own process, from binaries on the class path: no installation, no container. Its settings
 * are the durable ones ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes} on), so that a test may
 * kill it and rely on what was acknowledged. It listens on 127.0.0.1 only and asks for a password, which
 * {@link #jdbcUrl} contains.
 *
 * <p>It runs as a plain user and as root: PostgreSQL itself refuses root, so root's server runs in a user namespace, or,
 * where that is forbidden, as the user nobody, who then owns the data. The binaries are unpacked once per machine, into
 * {@code ~/.cache/nodoubt}, {@code /var/cache/nodoubt} for root, or the directory of temporary files.
 *
 * <p>The server ends with {@link #close()} or with the JVM. After a {@code kill -9} of the JVM it is ended by the next
 * start: on the same data, or, of throw-away data, any. Start and stop wait 60 seconds at most. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern SETTING_NAME = Pattern.compile("[a-z][a-z0-9_.]{0,62}");

    private final DataDirectory data;
    private final @Nullable ThrowAwayDirectory throwAway;
    private final Postmaster postmaster;
    private boolean closed;

    private EmbeddedPostgres(
            DataDirectory data, @Nullable ThrowAwayDirectory throwAway, int port, Map<String, String> settings) {
        settings.keySet().forEach(EmbeddedPostgres::requireSettingName);
        this.data = data;
        this.throwAway = throwAway;
        data.retireOrphan(Signal.INT);
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        ServerAccount account = data.prepare(binaries, throwAway == null);
        this.postmaster = new Postmaster(binaries, account, data, settings);
        postmaster.start(port);
    }

    /** A server with fresh data in a temporary directory, which {@link #close()} deletes, on a free port. */
    public static EmbeddedPostgres start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with settings of {@code postgresql.conf}, such as {@code max_prepared_transactions}. */
    public static EmbeddedPostgres start(Map<String, String> settings) {
        ThrowAwayDirectory directory = ThrowAwayDirectory.create();
        try {
            return OpenServers.add(new EmbeddedPostgres(new DataDirectory(directory.data()), directory, 0, settings));
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * A server on data that are kept: made when the directory does not exist or is empty, else continued. The log is the
     * file beside it whose name ends in {@code .log}.
     *
     * @param port 0 for a free one
     * @throws IllegalStateException when the server cannot be started; the message carries the end of its log
     */
    public static EmbeddedPostgres start(Path data, int port) {
        return start(data, port, Map.of());
    }

    /** As {@link #start(Path, int)}, with settings of {@code postgresql.conf}. */
    public static EmbeddedPostgres start(Path data, int port, Map<String, String> settings) {
        try {
            Path parent = data.toAbsolutePath().normalize().resolveSibling("");
            Files.createDirectories(parent);
            Path real = parent.toRealPath().resolve(data.getFileName());
            return OpenServers.add(new EmbeddedPostgres(new DataDirectory(real), null, port, settings));
        } catch (IOException e) {
            throw new UncheckedIOException("no PostgreSQL data can be kept in " + data, e);
        }
    }

    /** The address of a database of this server, with user and password in it: not for logs. */
    public String jdbcUrl(String database) {
        requireDatabaseName(database);
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres&password=" + data.password();
    }

    /** Connections to a database of this server, unpooled: each one is a new session. */
    public DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        return source;
    }

    /** Makes a database, unless it exists already; UTF-8, sorted by code point. */
    public DataSource createDatabase(String name) {
        requireDatabaseName(name);
        try (var connection = dataSource("postgres").getConnection();
                var find = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var create = connection.createStatement()) {
            find.setString(1, name);
            try (var found = find.executeQuery()) {
                if (!found.next()) {
                    create.execute("CREATE DATABASE \"" + name + "\"");
                }
            }
            return dataSource(name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be made: " + e.getMessage(), e);
        }
    }

    /** SIGKILL to the server, as a power cut would end it; {@link #restart()} recovers its data. */
    public synchronized void crash() {
        requireOpen();
        postmaster.kill();
    }

    /** Starts the server again on the same port and data; one that still runs is shut down first. */
    public synchronized void restart() {
        requireOpen();
        postmaster.stop(Signal.INT);
        postmaster.start(postmaster.port());
    }

    /** The process id of the server. */
    public long pid() {
        return postmaster.pid();
    }

    /** The port on 127.0.0.1; the same after a restart. */
    public int port() {
        return postmaster.port();
    }

    /** Ends the server: an orderly shutdown of kept data, an immediate one of throw-away data, which are deleted. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        OpenServers.remove(this);
        postmaster.stop(throwAway == null ? Signal.INT : Signal.QUIT);
        if (throwAway != null) {
            throwAway.close();
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL on port " + port() + ", data in " + data.path() + ", started by " + postmaster.account();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this PostgreSQL is closed; start a new one");
        }
    }

    private static void requireDatabaseName(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "database name must be 1 to 63 of a-z, 0-9 and _, a letter first, was '" + name + "'");
        }
    }

    private static void requireSettingName(String name) {
        if (!SETTING_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("setting name must be of a-z, 0-9, _ and ., was '" + name + "'");
        }
    }
}
