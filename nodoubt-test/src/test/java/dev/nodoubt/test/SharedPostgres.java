package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import javax.sql.DataSource;

/** One server for the gate's tests, a database for each class; it ends with the JVM. */
final class SharedPostgres {

    private static final String WAITERS = """
            SELECT EXISTS (SELECT FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock')
            """;

    private SharedPostgres() {}

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start();
    }

    static EmbeddedPostgres server() {
        return Server.POSTGRES;
    }

    /** The address of a database without tables. */
    static String emptyUrl(String name) {
        server().createDatabase(name);
        return server().jdbcUrl(name);
    }

    /** A database with nodoubt's tables; unpooled. */
    static DataSource database(String name) {
        DataSource database = server().createDatabase(name);
        new Schema(database).create();
        return database;
    }

    /** A store of calls, on a database of this name with nodoubt's tables. */
    static CallParts calls(String name) {
        DataSource database = database(name);
        return new CallParts(new JdbcCallStore(database), database);
    }

    static GateParts gate(DataSource database) {
        return new GateParts(
                new JdbcGateStore(database),
                new JdbcTransactions(database),
                database,
                () -> Sql.isTrue(database, WAITERS),
                true);
    }
}
