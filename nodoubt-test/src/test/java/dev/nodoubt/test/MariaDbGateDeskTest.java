package dev.nodoubt.test;

@NeedsMariaDb
class MariaDbGateDeskTest extends GateDeskContract {

    private static final GateParts PARTS = SharedMariaDb.gate(SharedMariaDb.database("gatedesk"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
