package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.jdbc.Schema;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts of a store of intents on MariaDB. */
@NeedsMariaDb
class MariaDbStagedTest {

    private static final DataSource DATABASE = SharedMariaDb.database("staged");
    private static final StagedParts PARTS = new StagedParts(new JdbcStagedStore(DATABASE), DATABASE);

    @BeforeAll
    static void create() {
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
