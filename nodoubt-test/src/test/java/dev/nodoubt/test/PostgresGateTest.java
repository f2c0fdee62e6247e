package dev.nodoubt.test;

class PostgresGateTest extends GateStoreContract {

    private static final GateParts PARTS = SharedPostgres.gate(SharedPostgres.database("gate"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
