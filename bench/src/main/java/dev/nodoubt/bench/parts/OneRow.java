package dev.nodoubt.bench.parts;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import dev.nodoubt.gate.GateStore;
import dev.nodoubt.gate.Horizon;
import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.Transactions;
import dev.nodoubt.gate.Usage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Finds the same row for every key, at no cost: what stands around the store can be measured alone. It writes nothing. */
record OneRow(GateRow row) implements GateStore, Transactions {

    @Override
    public GateRow read(GateKey key) {
        return row;
    }

    @Override
    public void requireOutside() {
        // Nothing is ever begun.
    }

    @Override
    public Transaction begin(Isolation isolation) {
        throw readsOnly();
    }

    @Override
    public boolean held(GateKey key) {
        return false;
    }

    @Override
    public Horizon horizon() {
        throw readsOnly();
    }

    @Override
    public Entry enter(Connection transaction, GateKey key, GateRow newRow, Bound bound) {
        throw readsOnly();
    }

    @Override
    public boolean owns(Connection transaction, GateKey key) {
        throw readsOnly();
    }

    @Override
    public boolean complete(Connection transaction, GateKey key, Reply reply) {
        throw readsOnly();
    }

    @Override
    public void release(Connection transaction) {
        throw readsOnly();
    }

    @Override
    public Fault fault(SQLException e) {
        throw readsOnly();
    }

    @Override
    public boolean forget(GateKey key) {
        throw readsOnly();
    }

    @Override
    public Instant now() {
        throw readsOnly();
    }

    @Override
    public void raiseHorizon(Instant to) {
        throw readsOnly();
    }

    @Override
    public void rewound(Instant to) {
        throw readsOnly();
    }

    @Override
    public int purge(int batch) {
        throw readsOnly();
    }

    @Override
    public Instant eraseBodies(Instant from, Instant to, int batch) {
        throw readsOnly();
    }

    @Override
    public Usage addUsage(String scope, Usage change) {
        throw readsOnly();
    }

    private static UnsupportedOperationException readsOnly() {
        return new UnsupportedOperationException("this store has one row, and is only read");
    }
}
