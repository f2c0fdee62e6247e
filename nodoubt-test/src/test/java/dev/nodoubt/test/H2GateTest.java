package dev.nodoubt.test;

class H2GateTest extends GateStoreContract {

    private static final GateParts PARTS = SharedH2.gate("gate");

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
