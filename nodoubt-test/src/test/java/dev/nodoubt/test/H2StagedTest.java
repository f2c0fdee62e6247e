package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;

/** The contracts of a store of intents on H2, in memory. */
class H2StagedTest {

    private static final DataSource DATABASE = SharedH2.database("staged");
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
