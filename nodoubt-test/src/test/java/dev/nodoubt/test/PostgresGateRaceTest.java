package dev.nodoubt.test;

class PostgresGateRaceTest extends GateRaceContract {

    PostgresGateRaceTest() {
        super(SharedPostgres.emptyUrl("gaterace"), "SELECT pg_terminate_backend(pg_backend_pid())");
    }
}
