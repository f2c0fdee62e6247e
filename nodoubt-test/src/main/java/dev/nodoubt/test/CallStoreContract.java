package dev.nodoubt.test;

import org.junit.jupiter.api.Nested;

/**
 * What a {@link dev.nodoubt.call.CallStore} must do, all of it: whoever writes a store extends this class, names the parts,
 * and runs it.
 */
public abstract class CallStoreContract {

    /** The store under test, the same one for all tests. */
    protected abstract CallParts parts();

    /** {@link CallRecordContract}. */
    @Nested
    class Records extends CallRecordContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallDueContract}. */
    @Nested
    class Due extends CallDueContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallRowContract}. */
    @Nested
    class Rows extends CallRowContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallTakeOverContract}. */
    @Nested
    class TakingOver extends CallTakeOverContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallLabelContract}. */
    @Nested
    class Labels extends CallLabelContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallOrderContract}. */
    @Nested
    class Order extends CallOrderContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallSettlingContract}. */
    @Nested
    class Settling extends CallSettlingContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }

    /** {@link CallUpkeepContract}. */
    @Nested
    class Upkeep extends CallUpkeepContract {
        @Override
        protected CallParts parts() {
            return CallStoreContract.this.parts();
        }
    }
}
