package dev.nodoubt.test;

@NeedsMariaDb
class EmbeddedMariaDbOrphanTest extends OrphanContract {

    EmbeddedMariaDbOrphanTest() {
        super(ServerUnderTest.MARIADB);
    }
}
