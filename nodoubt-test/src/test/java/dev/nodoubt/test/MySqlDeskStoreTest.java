package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcCallStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

class MySqlDeskStoreTest extends DeskStoreContract {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static DeskParts parts;

    @BeforeAll
    static void connect() {
        DataSource database = SharedMySql.database(MySqlDeskStoreTest.class);
        parts = Desks.on(new CallParts(new JdbcCallStore(database), database));
    }

    @Override
    protected DeskParts parts() {
        return parts;
    }
}
