package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcCallStore;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contracts of a store of calls on MySQL. */
class MySqlCallStoreTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static CallParts parts;

    @BeforeAll
    static void connect() {
        DataSource database = SharedMySql.database(MySqlCallStoreTest.class);
        parts = new CallParts(new JdbcCallStore(database), database);
    }

    @Nested
    class Calls extends CallStoreContract {
        @Override
        protected CallParts parts() {
            return parts;
        }
    }

    @Nested
    class TakingOver extends CallTakeOverContract {
        @Override
        protected CallParts parts() {
            return parts;
        }
    }

    @Nested
    class Labels extends CallLabelContract {
        @Override
        protected CallParts parts() {
            return parts;
        }
    }

    @Nested
    class Order extends CallOrderContract {
        @Override
        protected CallParts parts() {
            return parts;
        }
    }

    @Nested
    class Settling extends CallSettlingContract {
        @Override
        protected CallParts parts() {
            return parts;
        }
    }

    @Nested
    class Upkeep extends CallUpkeepContract {
        @Override
        protected CallParts parts() {
            return parts;
        }
    }
}
