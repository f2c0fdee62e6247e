package dev.nodoubt.test;

class PostgresGateHandlerTest extends GateHandlerContract {

    private static final GateParts PARTS = SharedPostgres.gate(SharedPostgres.database("gatehandler"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
