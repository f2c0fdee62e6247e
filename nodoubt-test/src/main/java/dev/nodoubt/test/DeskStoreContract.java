package dev.nodoubt.test;

import org.junit.jupiter.api.Nested;

/**
 * What a {@link dev.nodoubt.call.DeskStore} must do, all of it: whoever writes one extends this class, names the parts, and
 * runs it.
 */
public abstract class DeskStoreContract {

    /** The store under test, the same one for all tests. */
    protected abstract DeskParts parts();

    /** {@link DeskActionContract}. */
    @Nested
    class Actions extends DeskActionContract {
        @Override
        protected DeskParts parts() {
            return DeskStoreContract.this.parts();
        }
    }

    /** {@link DeskCancelContract}. */
    @Nested
    class Cancels extends DeskCancelContract {
        @Override
        protected DeskParts parts() {
            return DeskStoreContract.this.parts();
        }
    }

    /** {@link DeskWishContract}. */
    @Nested
    class Wishes extends DeskWishContract {
        @Override
        protected DeskParts parts() {
            return DeskStoreContract.this.parts();
        }
    }

    /** {@link DeskReadContract}. */
    @Nested
    class Reads extends DeskReadContract {
        @Override
        protected DeskParts parts() {
            return DeskStoreContract.this.parts();
        }
    }

    /** {@link DeskSearchContract}. */
    @Nested
    class Searches extends DeskSearchContract {
        @Override
        protected DeskParts parts() {
            return DeskStoreContract.this.parts();
        }
    }
}
