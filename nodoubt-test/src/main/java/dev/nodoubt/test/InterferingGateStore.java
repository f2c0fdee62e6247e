package dev.nodoubt.test;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A store before which something else happens: each step is announced by its name, and the listener may throw. */
final class InterferingGateStore implements GateStore {

    private final GateStore store;
    private final Listener listener;

    InterferingGateStore(GateStore store, Listener listener) {
        this.store = store;
        this.listener = listener;
    }

    @FunctionalInterface
    interface Listener {
        void before(String step) throws SQLException;
    }

    @Override
    public @Nullable GateRow read(GateKey key) throws SQLException {
        listener.before("read");
        return store.read(key);
    }

    @Override
    public boolean held(GateKey key) throws SQLException {
        listener.before("held");
        return store.held(key);
    }

    @Override
    public Horizon horizon() throws SQLException {
        listener.before("horizon");
        return store.horizon();
    }

    @Override
    public Entry enter(Connection transaction, GateKey key, GateRow row, Bound bound) throws SQLException {
        listener.before("enter");
        return store.enter(transaction, key, row, bound);
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) throws SQLException {
        listener.before("owns");
        return store.owns(transaction, key);
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) throws SQLException {
        listener.before("complete");
        return store.complete(transaction, key, reply);
    }

    @Override
    public void release(Connection transaction) throws SQLException {
        listener.before("release");
        store.release(transaction);
    }

    @Override
    public Fault fault(SQLException e) {
        return store.fault(e);
    }

    @Override
    public boolean forget(GateKey key) throws SQLException {
        listener.before("forget");
        return store.forget(key);
    }

    @Override
    public Instant now() throws SQLException {
        listener.before("now");
        return store.now();
    }

    @Override
    public void raiseHorizon(Instant to) throws SQLException {
        listener.before("raise horizon");
        store.raiseHorizon(to);
    }

    @Override
    public void rewound(Instant to) throws SQLException {
        listener.before("rewound");
        store.rewound(to);
    }

    @Override
    public int purge(int batch) throws SQLException {
        listener.before("purge");
        return store.purge(batch);
    }

    @Override
    public Instant eraseBodies(Instant from, Instant to, int batch) throws SQLException {
        listener.before("erase bodies");
        return store.eraseBodies(from, to, batch);
    }

    @Override
    public Usage addUsage(String scope, Usage change) throws SQLException {
        listener.before("add usage");
        return store.addUsage(scope, change);
    }
}
