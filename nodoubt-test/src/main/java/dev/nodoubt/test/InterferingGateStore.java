package dev.nodoubt.test;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    public @Nullable Instant horizon() throws SQLException {
        listener.before("horizon");
        return store.horizon();
    }

    @Override
    public String bound(Connection transaction, Duration lockWait, Duration length) throws SQLException {
        listener.before("bound");
        return store.bound(transaction, lockWait, length);
    }

    @Override
    public boolean hold(Connection transaction, GateKey key) throws SQLException {
        listener.before("hold");
        return store.hold(transaction, key);
    }

    @Override
    public boolean insert(Connection transaction, GateKey key, Instant time, GateRow row) throws SQLException {
        listener.before("insert");
        return store.insert(transaction, key, time, row);
    }

    @Override
    public @Nullable Instant horizon(Connection transaction, String lockWait) throws SQLException {
        listener.before("horizon in transaction");
        return store.horizon(transaction, lockWait);
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
    public Fault fault(SQLException e) {
        return store.fault(e);
    }
}
