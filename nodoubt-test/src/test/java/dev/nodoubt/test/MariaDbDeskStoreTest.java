package dev.nodoubt.test;

@NeedsMariaDb
class MariaDbDeskStoreTest extends DeskStoreContract {

    private static final DeskParts PARTS = Desks.on(SharedMariaDb.calls("desk"));

    @Override
    protected DeskParts parts() {
        return PARTS;
    }
}
