package dev.nodoubt.test;

import dev.nodoubt.jdbc.JdbcDeskStore;

/** Desks' stores for the contract's tests. */
final class Desks {

    private Desks() {}

    static DeskParts on(CallParts calls) {
        return new DeskParts(new JdbcDeskStore(calls.database()), calls.store(), calls.database());
    }
}
