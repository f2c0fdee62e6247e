package dev.nodoubt.test;

class PostgresGateFenceTest extends GateFenceContract {

    private static final GateParts PARTS = SharedPostgres.gate(SharedPostgres.database("gatefence"));

    @Override
    protected GateParts parts() {
        return PARTS;
    }
}
