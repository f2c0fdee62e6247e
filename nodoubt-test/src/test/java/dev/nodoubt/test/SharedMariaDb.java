package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** One server for the gate's tests, a database for each class; it ends with the JVM. */
final class SharedMariaDb {

    /** Of the whole server. INNODB_TRX would show the database, but is renewed only after 100 ms without a reader. */
    private static final String WAITERS = """
            SELECT variable_value > 0 FROM information_schema.global_status
             WHERE variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'
            """;

    /** Of the one transaction: the session's variable does not tell. */
    private static final String ISOLATION = """
            SELECT trx_isolation_level FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = connection_id()
            """;

    private SharedMariaDb() {}

    private static final class Server {
        static final EmbeddedMariaDb MARIADB = EmbeddedMariaDb.start();
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

    /** Its gate, on a database with nodoubt's tables. */
    static GateParts gate(DataSource database) {
        new Schema(database).create();
        return new GateParts(
                new JdbcGateStore(database),
                new JdbcTransactions(database),
                database,
                somebodyWaits(database),
                ISOLATION,
                false);
    }

    /** Whether a session waits for another one's row lock at this instant. */
    static BooleanSupplier somebodyWaits(DataSource database) {
        return () -> Sql.isTrue(database, WAITERS);
    }
}
