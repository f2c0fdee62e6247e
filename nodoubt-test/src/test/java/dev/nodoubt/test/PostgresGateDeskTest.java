package dev.nodoubt.test;

class PostgresGateDeskTest extends GateDeskContract {

    private static final GateParts PARTS = SharedPostgres.gate(SharedPostgres.database("gatedesk"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
