package dev.nodoubt.test;

class PostgresGateKeyTest extends GateKeyContract {

    private static final GateParts PARTS = SharedPostgres.gate(SharedPostgres.database("gatekey"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
