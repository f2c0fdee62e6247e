package dev.nodoubt.test;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.nodoubt.jdbc.JdbcGateStore;
import dev.nodoubt.jdbc.JdbcTransactions;
import dev.nodoubt.jdbc.Schema;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;

/**
 * The MySQL at {@code NODOUBT_MYSQL_URL}: a database that may be written to, over MySQL's own driver, such as
 * {@code jdbc:mysql://127.0.0.1:3306/nodoubt?user=root&password=…}. Without an address its tests are not run, and say so.
 */
final class SharedMySql {

    private static final String ADDRESS = "NODOUBT_MYSQL_URL";

    private static final String WAITERS = """
            SELECT variable_value > 0 FROM performance_schema.global_status
             WHERE variable_name = 'Innodb_row_lock_current_waits'
            """;

    /** Of the one transaction: the session's variable does not tell. */
    private static final String ISOLATION = """
            SELECT trx_isolation_level FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = connection_id()
            """;

    private SharedMySql() {}

    /** Ends the test as skipped, loudly, when there is no address. */
    static String url(Class<?> test) {
        String url = System.getenv(ADDRESS);
        if (url == null) {
            System.err.println("NOT RUN HERE: " + test.getSimpleName() + " (no address of a MySQL in " + ADDRESS + ")");
            Assumptions.abort(ADDRESS + " is not set");
        }
        return url;
    }

    /** The database with nodoubt's tables. */
    static DataSource database(Class<?> test) {
        MysqlDataSource database = new MysqlDataSource();
        database.setUrl(url(test));
        new Schema(database).create();
        return database;
    }

    static GateParts gate(DataSource database) {
        return new GateParts(
                new JdbcGateStore(database),
                new JdbcTransactions(database),
                database,
                () -> Sql.isTrue(database, WAITERS),
                ISOLATION,
                false);
    }
}
