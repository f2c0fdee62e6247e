package dev.nodoubt.test;

class PostgresCallStoreTest extends CallStoreContract {

    private static final CallParts PARTS = SharedPostgres.calls("calls");

    @Override
    protected CallParts parts() {
        return PARTS;
    }
}
