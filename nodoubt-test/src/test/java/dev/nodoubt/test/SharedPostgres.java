package dev.nodoubt.test;

import com.zaxxer.hikari.HikariDataSource;
import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import java.util.Map;
import javax.sql.DataSource;

/** One server for the gate's tests, a database for each class; it ends with the JVM. */
final class SharedPostgres {

    private static final String WAITERS = """
            SELECT EXISTS (SELECT FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock')
            """;

    /** Of one database. Those of all classes stay open until the JVM ends. */
    private static final int SESSIONS = 60;

    private SharedPostgres() {}

    private static final class Server {
        static final EmbeddedPostgres POSTGRES =
                EmbeddedPostgres.start(Map.of("max_connections", "400", "fsync", "off"));
    }

    static EmbeddedPostgres server() {
        return Server.POSTGRES;
    }

    /** The address of a database without tables. */
    static String emptyUrl(String name) {
        server().createDatabase(name);
        return server().jdbcUrl(name);
    }

    /** A database with nodoubt's tables. Pooled: here each session is a process of its own, made in milliseconds. */
    static DataSource database(String name) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(emptyUrl(name));
        pool.setMaximumPoolSize(SESSIONS);
        pool.setMinimumIdle(0);
        new Schema(pool).create();
        return pool;
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
