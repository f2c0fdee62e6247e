package dev.nodoubt.test;

import dev.nodoubt.test.conformance.Need;
import java.util.Set;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * A database for a receiver under test.
 *
 * @param port where it listens on 127.0.0.1
 * @param jdbcUrl its JDBC address, credentials included, as seen through a proxy on this port of 127.0.0.1
 * @param administrator straight to the database
 * @param endSessions SQL by which the administrator ends the sessions of everybody else
 * @param raiseHorizon SQL that raises the horizon to ten days before now
 * @param lacks what the receiver cannot do on it, or cannot be done to it
 */
record ConformanceDatabase(
        int port,
        IntFunction<String> jdbcUrl,
        DataSource administrator,
        String endSessions,
        String raiseHorizon,
        Set<Need> lacks) {

    private static final String END_SESSIONS = """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
            """;

    private static final String RAISE_HORIZON = """
            INSERT INTO nodoubt_horizon (key_time) VALUES (now() - interval '10 days')
            ON CONFLICT (the_only) DO UPDATE SET key_time = EXCLUDED.key_time
            """;

    /** Otherwise the driver prepares COMMIT after a while, and a proxy does not see it any more. */
    private static final String COMMIT_IN_WORDS = "&prepareThreshold=0";

    static ConformanceDatabase postgres(String name) {
        EmbeddedPostgres server = SharedPostgres.server();
        DataSource administrator = server.createDatabase(name);
        return new ConformanceDatabase(
                server.port(),
                port -> server.jdbcUrl(name).replace(":" + server.port() + "/", ":" + port + "/") + COMMIT_IN_WORDS,
                administrator,
                END_SESSIONS,
                RAISE_HORIZON,
                Set.of());
    }
}
