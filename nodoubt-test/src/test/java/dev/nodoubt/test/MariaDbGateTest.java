package dev.nodoubt.test;

import org.junit.jupiter.api.Nested;

/** The gate's contracts on MariaDB. */
@NeedsMariaDb
class MariaDbGateTest {

    private static final GateParts PARTS = SharedMariaDb.gate(SharedMariaDb.database("gate"));

    @Nested
    class Executions extends GateContract {
        @Override
        protected GateParts parts() {
            return PARTS;
        }
    }

    @Nested
    class Keys extends GateKeyContract {
        @Override
        protected GateParts parts() {
            return PARTS;
        }
    }

    @Nested
    class Handlers extends GateHandlerContract {
        @Override
        protected GateParts parts() {
            return PARTS;
        }
    }

    @Nested
    class Fences extends GateFenceContract {
        @Override
        protected GateParts parts() {
            return PARTS;
        }
    }

    @Nested
    class Upkeep extends GateUpkeepContract {
        @Override
        protected GateParts parts() {
            return PARTS;
        }
    }

    @Nested
    class Terms extends GateTermsContract {
        @Override
        protected GateParts parts() {
            return PARTS;
        }
    }
}
