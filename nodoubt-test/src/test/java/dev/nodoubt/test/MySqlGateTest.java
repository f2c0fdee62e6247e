package dev.nodoubt.test;

import org.junit.jupiter.api.BeforeAll;

class MySqlGateTest extends GateStoreContract {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static GateParts parts;

    @BeforeAll
    static void connect() {
        parts = SharedMySql.gate(SharedMySql.database(MySqlGateTest.class));
    }

    @Override
    protected GateParts parts() {
        return parts;
    }
}
