package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.jdbc.Schema;
import java.sql.SQLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * The contracts of a store of intents on the MySQL at {@code NODOUBT_MYSQL_URL}, in a database that may be written to:
 * {@code jdbc:mariadb://127.0.0.1:3306/nodoubt?user=root&password=…}, over MariaDB's driver. Without an address it is not
 * run, and says so.
 */
class MySqlStagedTest {

    private static final String ADDRESS = "NODOUBT_MYSQL_URL";

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static StagedParts parts;

    @BeforeAll
    static void connect() throws SQLException {
        String url = System.getenv(ADDRESS);
        if (url == null) {
            System.err.println("NOT RUN HERE: MySqlStagedTest (no address of a MySQL in " + ADDRESS + ")");
            Assumptions.abort(ADDRESS + " is not set");
        }
        MariaDbDataSource database = new MariaDbDataSource(url);
        new Schema(database).create();
        parts = new StagedParts(new JdbcStagedStore(database), database);
    }

    @Nested
    class Claiming extends StagedStoreContract {
        @Override
        protected StagedParts parts() {
            return parts;
        }
    }

    @Nested
    class Ending extends StagedEndContract {
        @Override
        protected StagedParts parts() {
            return parts;
        }
    }
}
