package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.jdbc.Schema;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts of a store of intents on H2, in memory. */
class H2StagedTest {

    private static final JdbcDataSource DATABASE = new JdbcDataSource();
    private static final StagedParts PARTS = new StagedParts(new JdbcStagedStore(DATABASE), DATABASE);

    @BeforeAll
    static void create() {
        DATABASE.setURL("jdbc:h2:mem:staged;DB_CLOSE_DELAY=-1");
        new Schema(DATABASE).create();
    }

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
