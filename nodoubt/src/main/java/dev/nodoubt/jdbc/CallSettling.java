package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.HandlerException;
import dev.nodoubt.call.KnownCall;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Settlement;
import dev.nodoubt.gate.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settles calls and runs their handlers in one transaction: first the rows, then handler by handler, then the commit. */
final class CallSettling {

    private static final String LOCK = """
            SELECT * FROM nodoubt_call WHERE call_key IN (%s) ORDER BY call_key FOR UPDATE
            """;

    private static final String CONFIRM = "SELECT count(*) FROM nodoubt_settled WHERE call_key IN (%s)";

    /** Of a COMMIT that failed for what the handler left: a constraint, or a statement that failed and was not noticed. */
    private static final String REFUSED = "23...|25P02|40000|40002";

    private final OrderTable orders;

    CallSettling(OrderTable orders) {
        this.orders = orders;
    }

    /** What stands in a locked row. */
    private record Row(long holder, CallState state, int attempts, Request request, Call.Labels labels) {
        KnownCall known(Settlement settlement) {
            return new KnownCall(settlement.key(), request, labels, settlement.outcome(), settlement.attempts());
        }
    }

    Set<IdempotencyKey> settle(
            CallSession session, List<Settlement> rows, OutcomeHandler handler, Set<CallState> stopOn)
            throws SQLException {
        session.keepToIndexes();
        Map<IdempotencyKey, Row> locked =
                lock(session, rows.stream().map(Settlement::key).toList());
        List<Settlement> held = new ArrayList<>();
        List<KnownCall> known = new ArrayList<>();
        for (Settlement settlement : rows) {
            Row row = locked.get(settlement.key());
            if (row != null && row.holder == settlement.holder()) {
                held.add(settlement);
                known.add(row.known(settlement));
            }
        }
        if (held.isEmpty()) {
            return Set.of();
        }
        List<Written> written = CallTable.of(session.dialect()).settle(session, held, null);
        Map<String, Set<CallState>> stops = new HashMap<>();
        written.forEach(row -> stops.put(row.target(), stopOn));
        orders.end(session, written, stops, null);
        session.planAsUsual();
        run(session.connection(), known, handler);
        confirm(session, written);
        return Written.keys(written);
    }

    /** Whoever holds it; false when there is no unresolved call under this key. */
    boolean settleByHand(
            CallSession session, IdempotencyKey key, Outcome outcome, String evidence, @Nullable OutcomeHandler handler)
            throws SQLException {
        session.keepToIndexes();
        Row row = lock(session, List.of(key)).get(key);
        if (row == null || row.state != CallState.UNRESOLVED) {
            return false;
        }
        Settlement settlement = new Settlement(key, row.holder, outcome, row.attempts);
        List<Written> written = CallTable.of(session.dialect()).settle(session, List.of(settlement), evidence);
        orders.end(session, written, Map.of(), CallStore.NOBODY);
        if (handler != null) {
            session.planAsUsual();
            run(session.connection(), List.of(row.known(settlement)), handler);
            confirm(session, written);
        }
        return true;
    }

    private static Map<IdempotencyKey, Row> lock(CallSession session, List<IdempotencyKey> keys) throws SQLException {
        try (PreparedStatement select = session.prepare(LOCK.formatted(session.keys(keys.size())))) {
            session.bindKeys(select, 1, keys);
            Map<IdempotencyKey, Row> locked = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Row row = new Row(
                            rows.getLong("incarnation"),
                            CallState.ofWord(rows.getString("state")),
                            rows.getInt("attempts"),
                            CallRows.request(rows),
                            CallRows.labels(rows));
                    locked.put(CallRows.key(rows), row);
                }
            }
            return locked;
        }
    }

    private static void run(Connection transaction, List<KnownCall> calls, OutcomeHandler handler) {
        for (KnownCall call : calls) {
            try {
                handler.handle(transaction, call);
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new HandlerException(
                        "the outcome handler of call " + call.key() + " threw "
                                + e.getClass().getSimpleName() + "; nothing was settled",
                        e);
            }
        }
    }

    /** A handler that ended the transaction, or did not notice that it failed, would else lose what was settled before. */
    private static void confirm(CallSession session, List<Written> written) throws SQLException {
        Set<IdempotencyKey> keys = Written.keys(written);
        try (PreparedStatement count = session.prepare(CONFIRM.formatted(session.keys(keys.size())))) {
            session.bindKeys(count, 1, keys);
            try (ResultSet row = count.executeQuery()) {
                if (!row.next() || row.getInt(1) != keys.size()) {
                    throw refused(new IllegalStateException("it ended the transaction, which is the relay's"));
                }
            }
        } catch (SQLException e) {
            if (isRefused(e)) {
                throw refused(e);
            }
            throw e;
        }
    }

    private static boolean isRefused(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().matches(REFUSED);
    }

    private static HandlerException refused(Exception cause) {
        return new HandlerException(
                "what an outcome handler did could not be committed (" + cause.getMessage() + "); nothing was settled",
                cause);
    }

    /** Commits, unless the handler wants a rollback. */
    static void commit(Transactions.Transaction transaction) throws SQLException {
        if (transaction.rollbackOnly()) {
            throw refused(new IllegalStateException("it marked the transaction for rollback"));
        }
        try {
            transaction.commit();
        } catch (SQLException e) {
            if (isRefused(e)) {
                throw refused(e);
            }
            throw e;
        }
    }
}
