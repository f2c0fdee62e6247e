package dev.nodoubt.test;

import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * A database for a receiver under test.
 *
 * @param port where it listens on 127.0.0.1
 * @param jdbcUrl its JDBC address, credentials included, as seen through a proxy on this port of 127.0.0.1
 * @param administrator straight to the database
 * @param endSessions SQL by which the administrator ends the sessions of everybody else; empty where there is no such
 */
record ConformanceDatabase(int port, IntFunction<String> jdbcUrl, DataSource administrator, String endSessions) {

    private static final String END_SESSIONS = """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
            """;

    static ConformanceDatabase postgres(String name) {
        EmbeddedPostgres server = SharedPostgres.server();
        DataSource administrator = server.createDatabase(name);
        return new ConformanceDatabase(
                server.port(),
                port -> server.jdbcUrl(name).replace(":" + server.port() + "/", ":" + port + "/"),
                administrator,
                END_SESSIONS);
    }
}
