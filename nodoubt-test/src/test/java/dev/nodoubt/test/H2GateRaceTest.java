package dev.nodoubt.test;

class H2GateRaceTest extends GateRaceContract {

    /** A session that aborts itself closes the whole database in memory there: it is left open, its statement fails. */
    H2GateRaceTest() {
        super("jdbc:h2:mem:gaterace;DB_CLOSE_DELAY=-1", "SELECT 1 / 0");
    }
}
