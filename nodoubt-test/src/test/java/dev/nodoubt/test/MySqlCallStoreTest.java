package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcCallStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

class MySqlCallStoreTest extends CallStoreContract {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static CallParts parts;

    @BeforeAll
    static void connect() {
        DataSource database = SharedMySql.database(MySqlCallStoreTest.class);
        parts = new CallParts(new JdbcCallStore(database), database);
    }

    @Override
    protected CallParts parts() {
        return parts;
    }
}
