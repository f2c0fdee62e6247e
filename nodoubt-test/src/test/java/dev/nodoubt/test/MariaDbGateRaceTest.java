package dev.nodoubt.test;

@NeedsMariaDb
class MariaDbGateRaceTest extends GateRaceContract {

    MariaDbGateRaceTest() {
        super(SharedMariaDb.emptyUrl("gaterace"), "KILL CONNECTION_ID()");
    }
}
