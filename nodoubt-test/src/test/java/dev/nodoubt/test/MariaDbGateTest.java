package dev.nodoubt.test;

@NeedsMariaDb
class MariaDbGateTest extends GateStoreContract {

    private static final GateParts PARTS = SharedMariaDb.gate(SharedMariaDb.database("gate"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
