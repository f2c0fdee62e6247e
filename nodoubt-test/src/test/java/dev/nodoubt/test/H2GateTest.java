package dev.nodoubt.test;

import org.junit.jupiter.api.Nested;

/** The gate's contracts on H2. */
class H2GateTest {

    private static final GateParts PARTS = SharedH2.gate("gate");

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
