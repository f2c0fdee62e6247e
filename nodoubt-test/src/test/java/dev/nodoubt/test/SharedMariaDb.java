package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcCallStore;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** One server for the gate's tests, a database for each class; it ends with the JVM. */
final class SharedMariaDb {

    /** Of the whole server. INNODB_TRX would show the database, but is renewed only after 100 ms without a reader. */
    private static final String WAITERS = """
            SELECT variable_value > 0 FROM information_schema.global_status
             WHERE variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'
            """;

    private SharedMariaDb() {}

    private static final class Server {
        static final EmbeddedMariaDb MARIADB = EmbeddedMariaDb.start(Map.of("innodb_flush_log_at_trx_commit", "2"));
    }

    static EmbeddedMariaDb server() {
        return Server.MARIADB;
    }

    /** An empty database; unpooled. */
    static DataSource database(String name) {
        return server().createDatabase(name);
    }

    /** The address of a database without tables. */
    static String emptyUrl(String name) {
        server().createDatabase(name);
        return server().jdbcUrl(name);
    }

    /** A store of calls, on a database of this name with nodoubt's tables. */
    static CallParts calls(String name) {
        DataSource database = database(name);
        new Schema(database).create();
        return new CallParts(new JdbcCallStore(database), database);
    }

    /** Its gate, on a database with nodoubt's tables. */
    static GateParts gate(DataSource database) {
        new Schema(database).create();
        return new GateParts(
                new JdbcGateStore(database), new JdbcTransactions(database), database, somebodyWaits(database), false);
    }

    /** Whether a session waits for another one's row lock at this instant. */
    static BooleanSupplier somebodyWaits(DataSource database) {
        return () -> Sql.isTrue(database, WAITERS);
    }
}
