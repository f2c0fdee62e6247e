package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts of a store of intents on MySQL. */
class MySqlStagedTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static StagedParts parts;

    @BeforeAll
    static void connect() {
        DataSource database = SharedMySql.database(MySqlStagedTest.class);
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
