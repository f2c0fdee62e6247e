package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.AttemptRecord;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Calls in PostgreSQL. Thread-safe; takes a connection of the data source for each method and keeps none. */
public final class JdbcCallStore implements CallStore {

    private final DataSource dataSource;
    private final NodeTable nodes = new NodeTable();

    /**
     * A store on the database that the business transactions use.
     *
     * @param dataSource a pool, of which two connections are used at the most by one relay
     */
    public JdbcCallStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Recording record(Connection transaction, OpenCall call, Call.Timing timing, long holder) {
        try (PreparedStatement insert = transaction.prepareStatement(CallSql.RECORD)) {
            CallRows.bindNew(insert, call, timing.deadline(), holder);
            if (insert.executeUpdate() == 0) {
                throw new CallStoreException(
                        "call " + call.key() + " to " + call.request().target()
                                + " is recorded already: a key names one call, use a new one",
                        null);
            }
            return new Recording(call.key(), holder, false);
        } catch (SQLException e) {
            throw new CallStoreException("call " + call.key() + " could not be recorded: " + e.getMessage(), e);
        }
    }

    @Override
    public Lease join(String node, Duration lease) {
        return inTransaction("join node " + node, tx -> nodes.join(tx, node, lease));
    }

    @Override
    public Optional<Lease> renew(long incarnation, Duration lease) {
        return inTransaction(
                "renew the lease of incarnation " + incarnation, tx -> nodes.renew(tx, incarnation, lease));
    }

    @Override
    public int takeOver(long incarnation, Known known, int limit) {
        return inTransaction("take over calls", tx -> nodes.takeOver(tx, incarnation, known.targets(), limit));
    }

    @Override
    public void leave(long incarnation, Collection<IdempotencyKey> underWay) {
        inTransaction("leave", tx -> {
            nodes.leave(tx, incarnation, uuids(underWay));
            return true;
        });
    }

    @Override
    public List<OpenCall> due(long incarnation, Wish wish) {
        return inTransaction("read due calls", tx -> {
            try (PreparedStatement select = tx.prepareStatement(CallSql.DUE)) {
                select.setLong(1, incarnation);
                select.setString(2, wish.target());
                select.setArray(3, tx.createArrayOf("uuid", uuids(wish.held())));
                select.setInt(4, wish.limit());
                List<OpenCall> due = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        due.add(CallRows.open(rows));
                    }
                }
                return due;
            }
        });
    }

    @Override
    public Set<IdempotencyKey> cancelled(long incarnation) {
        return inTransaction("read cancelled calls", tx -> {
            try (PreparedStatement select = tx.prepareStatement(CallSql.CANCELLED)) {
                select.setLong(1, incarnation);
                return keys(select);
            }
        });
    }

    @Override
    public Set<IdempotencyKey> write(Batch batch) {
        List<Settlement> settlements = batch.settlements();
        List<Deferral> deferrals = batch.deferrals();
        return inTransaction("write " + settlements.size() + " outcomes and " + deferrals.size() + " attempts", tx -> {
            Set<IdempotencyKey> held = new HashSet<>();
            if (!settlements.isEmpty()) {
                try (PreparedStatement settle = tx.prepareStatement(CallSql.SETTLE)) {
                    CallRows.bindSettlements(settle, settlements);
                    held.addAll(keys(settle));
                }
            }
            if (!deferrals.isEmpty()) {
                try (PreparedStatement defer = tx.prepareStatement(CallSql.DEFER)) {
                    CallRows.bindDeferrals(defer, deferrals);
                    held.addAll(keys(defer));
                }
            }
            return held;
        });
    }

    @Override
    public boolean cancel(IdempotencyKey key) {
        return inTransaction("cancel call " + key, tx -> {
            try (PreparedStatement update = tx.prepareStatement(CallSql.CANCEL)) {
                update.setObject(1, uuid(key));
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<RecordedCall> find(IdempotencyKey key) {
        return inTransaction("find call " + key, tx -> {
            try (PreparedStatement select = tx.prepareStatement(CallSql.FIND)) {
                select.setObject(1, uuid(key));
                select.setObject(2, uuid(key));
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.of(CallRows.recorded(rows)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public Set<IdempotencyKey> begin(List<Deferral> sending) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<IdempotencyKey> settle(List<Settlement> settlements, OutcomeHandler handler, Set<CallState> stopOn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean settle(IdempotencyKey key, Outcome outcome, String evidence, @Nullable OutcomeHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean resumeOrder(String target, String orderKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordedCall> find(String target, String operation, String businessKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RecordedCall> search(CallQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<AttemptRecord> attempts(IdempotencyKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void holdOff(String target, Duration time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Instant> heldOff() {
        return Map.of();
    }

    @Override
    public int purge(Retention retention, int batch) {
        throw new UnsupportedOperationException();
    }

    private static Set<IdempotencyKey> keys(PreparedStatement select) throws SQLException {
        Set<IdempotencyKey> keys = new HashSet<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                keys.add(IdempotencyKey.of(rows.getObject(1, UUID.class)));
            }
        }
        return keys;
    }

    private static UUID[] uuids(Collection<IdempotencyKey> keys) {
        return keys.stream().map(JdbcCallStore::uuid).toArray(UUID[]::new);
    }

    static UUID uuid(IdempotencyKey key) {
        return key.uuid().orElseThrow(() -> new IllegalArgumentException("call key " + key + " must be a UUID"));
    }

    private interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    private <T> T inTransaction(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new CallStoreException("could not " + what + ": " + e.getMessage(), e);
        }
    }
}
