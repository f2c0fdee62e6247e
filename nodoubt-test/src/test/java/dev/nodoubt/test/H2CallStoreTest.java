package dev.nodoubt.test;

class H2CallStoreTest extends CallStoreContract {

    private static final CallParts PARTS = SharedH2.calls("calls");

    @Override
    protected CallParts parts() {
        return PARTS;
    }
}
