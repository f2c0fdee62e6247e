package dev.nodoubt.test;

@NeedsMariaDb
class MariaDbCallStoreTest extends CallStoreContract {

    private static final CallParts PARTS = SharedMariaDb.calls("calls");

    @Override
    protected CallParts parts() {
        return PARTS;
    }
}
