package dev.nodoubt.test;

class H2GateRaceTest extends GateRaceContract {

    H2GateRaceTest() {
        super("jdbc:h2:mem:gaterace;DB_CLOSE_DELAY=-1", "SELECT abort_session(session_id())");
    }
}
