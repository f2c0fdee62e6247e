package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.staged.StagedStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

@SuppressWarnings("NullAway.Init") // set before the first test
class PostgresStagedEndTest extends StagedEndContract {

    private static DataSource database;

    @BeforeAll
    static void create() {
        database = SharedPostgres.database("staged_end");
    }

    @Override
    protected StagedStore store() {
        return new JdbcStagedStore(database);
    }

    @Override
    protected DataSource database() {
        return database;
    }
}
