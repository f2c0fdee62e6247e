package dev.nodoubt.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A database server of its own process, from binaries on the class path: no installation, no container. Its settings are
 * the durable ones, so that a test may kill it and rely on what was acknowledged. It listens on 127.0.0.1 only and asks
 * for a password, which {@link #jdbcUrl} contains. It runs as a plain user and as root. The binaries are unpacked once
 * per machine, into {@code ~/.cache/nodoubt}, {@code /var/cache/nodoubt} for root, or the directory of temporary files.
 * Throw-away data need not outlive the machine: with the setting {@code fsync=off}, for MariaDB
 * {@code innodb_flush_log_at_trx_commit=2}, commits wait for no disk, and a killed server still has what it acknowledged.
 *
 * <p>The server ends with {@link #close()} or with the JVM. After a {@code kill -9} of the JVM it is ended by the next
 * start: on the same data, or, of throw-away data, any. Start and stop wait 60 seconds at most. Thread-safe.
 */
public abstract sealed class EmbeddedServer implements AutoCloseable permits EmbeddedPostgres, EmbeddedMariaDb {

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final ServerProcess process;
    private boolean closed;

    EmbeddedServer(ServerProcess process) {
        this.process = process;
    }

    /**
     * The address of a database of this server, with user and password in it: not for logs.
     *
     * @throws IllegalArgumentException when it is no name for {@link #createDatabase}
     */
    public abstract String jdbcUrl(String database);

    /** Connections to a database of this server, unpooled: each one is a new session. */
    public abstract DataSource dataSource(String database);

    /**
     * Makes a database, unless it exists already.
     *
     * @param name 1 to 63 of a-z, 0-9 and _, a letter first
     * @throws IllegalStateException when the server refuses, or does not run
     */
    public abstract DataSource createDatabase(String name);

    /** SIGKILL to the server; {@link #restart()} recovers its data. What it wrote stays: this is no power cut. */
    public final synchronized void crash() {
        requireOpen();
        process.kill();
    }

    /** Starts the server again on the same port and data; one that still runs is shut down first. */
    public final synchronized void restart() {
        requireOpen();
        process.restart();
    }

    /** The process id of the server. */
    public final long pid() {
        return process.pid();
    }

    /** The port on 127.0.0.1; the same after a restart. */
    public final int port() {
        return process.port();
    }

    /** Ends the server: an orderly shutdown of kept data, an immediate one of throw-away data, which are deleted. */
    @Override
    public final synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        OpenServers.remove(this);
        process.close();
    }

    @Override
    public final String toString() {
        return process.toString();
    }

    final String password() {
        return process.password();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }

    static void requireDatabaseName(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "database name must be 1 to 63 of a-z, 0-9 and _, a letter first, was '" + name + "'");
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this " + process.title() + " is closed; start a new one");
        }
    }
}
