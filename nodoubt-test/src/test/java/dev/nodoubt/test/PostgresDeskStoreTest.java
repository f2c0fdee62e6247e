package dev.nodoubt.test;

class PostgresDeskStoreTest extends DeskStoreContract {

    private static final DeskParts PARTS = Desks.on(SharedPostgres.calls("desk"));

    @Override
    protected DeskParts parts() {
        return PARTS;
    }
}
