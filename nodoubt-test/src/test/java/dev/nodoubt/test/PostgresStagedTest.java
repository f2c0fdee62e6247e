package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;

/** The contracts of a store of intents on PostgreSQL. */
class PostgresStagedTest {

    private static final DataSource DATABASE = SharedPostgres.database("staged");
    private static final StagedParts PARTS = new StagedParts(new JdbcStagedStore(DATABASE), DATABASE);

    @Nested
    class Claiming extends StagedStoreContract {
        @Override
        protected StagedParts parts() {
            return PARTS;
        }
    }

    @Nested
    class Ending extends StagedEndContract {
        @Override
        protected StagedParts parts() {
            return PARTS;
        }
    }
}
