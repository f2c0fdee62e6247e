package dev.nodoubt.test;

import org.junit.jupiter.api.Nested;

/**
 * What a gate must do over a {@link dev.nodoubt.gate.GateStore}, all of it: whoever writes a store extends this class, names
 * the parts, and runs it.
 */
public abstract class GateStoreContract {

    /** What is under test. */
    protected abstract GateParts parts();

    /** {@link GateContract}. */
    @Nested
    class Executions extends GateContract {
        @Override
        protected GateParts parts() {
            return GateStoreContract.this.parts();
        }
    }

    /** {@link GateKeyContract}. */
    @Nested
    class Keys extends GateKeyContract {
        @Override
        protected GateParts parts() {
            return GateStoreContract.this.parts();
        }
    }

    /** {@link GateHandlerContract}. */
    @Nested
    class Handlers extends GateHandlerContract {
        @Override
        protected GateParts parts() {
            return GateStoreContract.this.parts();
        }
    }

    /** {@link GateFenceContract}. */
    @Nested
    class Fences extends GateFenceContract {
        @Override
        protected GateParts parts() {
            return GateStoreContract.this.parts();
        }
    }

    /** {@link GateUpkeepContract}. */
    @Nested
    class Upkeep extends GateUpkeepContract {
        @Override
        protected GateParts parts() {
            return GateStoreContract.this.parts();
        }
    }

    /** {@link GateTermsContract}. */
    @Nested
    class Terms extends GateTermsContract {
        @Override
        protected GateParts parts() {
            return GateStoreContract.this.parts();
        }
    }
}
