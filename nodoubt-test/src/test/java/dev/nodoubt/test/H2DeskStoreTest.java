package dev.nodoubt.test;

class H2DeskStoreTest extends DeskStoreContract {

    private static final DeskParts PARTS = Desks.on(SharedH2.calls("desk"));

    @Override
    protected DeskParts parts() {
        return PARTS;
    }
}
