package dev.nodoubt.test;

class H2GateDeskTest extends GateDeskContract {

    private static final GateParts PARTS = SharedH2.gate("gatedesk");

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
