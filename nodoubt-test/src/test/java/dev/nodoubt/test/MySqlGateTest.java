package dev.nodoubt.test;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The gate's contracts on MySQL. */
class MySqlGateTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static GateParts parts;

    @BeforeAll
    static void connect() {
        parts = SharedMySql.gate(SharedMySql.database(MySqlGateTest.class));
    }

    @Nested
    class Executions extends GateContract {
        @Override
        protected GateParts parts() {
            return parts;
        }
    }

    @Nested
    class Keys extends GateKeyContract {
        @Override
        protected GateParts parts() {
            return parts;
        }
    }

    @Nested
    class Handlers extends GateHandlerContract {
        @Override
        protected GateParts parts() {
            return parts;
        }
    }

    @Nested
    class Fences extends GateFenceContract {
        @Override
        protected GateParts parts() {
            return parts;
        }
    }

    @Nested
    class Upkeep extends GateUpkeepContract {
        @Override
        protected GateParts parts() {
            return parts;
        }
    }

    @Nested
    class Terms extends GateTermsContract {
        @Override
        protected GateParts parts() {
            return parts;
        }
    }
}
