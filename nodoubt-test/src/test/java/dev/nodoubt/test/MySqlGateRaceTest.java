package dev.nodoubt.test;

class MySqlGateRaceTest extends GateRaceContract {

    MySqlGateRaceTest() {
        super(SharedMySql.url(MySqlGateRaceTest.class), "KILL CONNECTION_ID()");
    }
}
