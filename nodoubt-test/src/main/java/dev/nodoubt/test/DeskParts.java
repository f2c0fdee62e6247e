package dev.nodoubt.test;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.DeskStore;
import javax.sql.DataSource;

/**
 * What the contract of a desk's store runs on.
 *
 * @param desk the store under test
 * @param store of calls, in the same tables
 * @param database of both
 */
public record DeskParts(DeskStore desk, CallStore store, DataSource database) {

    CallParts calls() {
        return new CallParts(store, database);
    }
}
