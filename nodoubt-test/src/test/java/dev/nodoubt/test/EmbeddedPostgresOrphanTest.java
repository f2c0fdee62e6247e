package dev.nodoubt.test;

class EmbeddedPostgresOrphanTest extends OrphanContract {

    EmbeddedPostgresOrphanTest() {
        super(ServerUnderTest.POSTGRES);
    }
}
