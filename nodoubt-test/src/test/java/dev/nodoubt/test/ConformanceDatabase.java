package dev.nodoubt.test;

import dev.nodoubt.test.conformance.Ability;
import dev.nodoubt.test.conformance.Feature;
import dev.nodoubt.test.conformance.Hook;
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
 * @param canonicalJson whether the receiver on it compares JSON bodies in their canonical form
 * @param lacks what the receiver cannot do on it, or cannot be done to it
 */
record ConformanceDatabase(
        int port,
        IntFunction<String> jdbcUrl,
        DataSource administrator,
        String endSessions,
        String raiseHorizon,
        boolean canonicalJson,
        Set<Need> lacks) {

    private static final String END_SESSIONS = """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()
            """;

    private static final String RAISE_HORIZON = """
            UPDATE nodoubt_horizon SET key_time = now() - interval '10 days'
            """;

    private static final String MARIADB_END_SESSIONS = """
            BEGIN NOT ATOMIC
              FOR session IN (SELECT id FROM information_schema.processlist
                               WHERE db = database() AND id <> connection_id())
              DO
                EXECUTE IMMEDIATE CONCAT('KILL ', session.id);
              END FOR;
            END
            """;

    private static final String MARIADB_RAISE_HORIZON = """
            UPDATE nodoubt_horizon SET key_time = utc_timestamp(6) - INTERVAL 10 DAY
            """;

    private static final String H2_RAISE_HORIZON = """
            UPDATE nodoubt_horizon SET key_time = now() - INTERVAL '10' DAY
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
                false,
                Set.of());
    }

    static ConformanceDatabase mariaDb(String name) {
        EmbeddedMariaDb server = SharedMariaDb.server();
        DataSource administrator = server.createDatabase(name);
        return new ConformanceDatabase(
                server.port(),
                port -> server.jdbcUrl(name).replace(":" + server.port() + "/", ":" + port + "/"),
                administrator,
                MARIADB_END_SESSIONS,
                MARIADB_RAISE_HORIZON,
                true,
                Set.of(Feature.REFUSE)); // constraints are never deferred to the COMMIT
    }

    /**
     * It bounds no transaction, defers no constraint to the COMMIT, which no proxy can tell in its protocol either, and
     * leaves a client whose session was ended in the dark.
     */
    static ConformanceDatabase h2(String name) {
        int port = SharedH2.serverPort();
        return new ConformanceDatabase(
                port,
                proxy -> "jdbc:h2:tcp://127.0.0.1:" + proxy + "/mem:" + name,
                SharedH2.empty(name),
                "",
                H2_RAISE_HORIZON,
                false,
                Set.of(
                        Ability.TRANSACTION_LIMIT,
                        Feature.REFUSE,
                        Hook.LOSE_COMMIT_ANSWER,
                        Hook.DROP_COMMIT,
                        Hook.END_SESSIONS));
    }
}
