package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Retention;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Deletes what is past its retention. What another node is deleting is left to it. */
final class CallPurge {

    // Keys begin with the time at which they were made, before their call was settled: no index of settled_at is
    // needed.
    private static final String SETTLED = """
            SELECT call_key, target, order_key FROM nodoubt_settled WHERE call_key < ? AND settled_at < ?
            ORDER BY call_key LIMIT ? FOR UPDATE SKIP LOCKED
            """;
    private static final String REMOVE_TAGS = "DELETE FROM nodoubt_tag WHERE call_key IN (%s)";
    private static final String REMOVE_ATTEMPTS = "DELETE FROM nodoubt_attempt WHERE call_key IN (%s)";
    private static final String REMOVE_SETTLED = "DELETE FROM nodoubt_settled WHERE call_key IN (%s)";

    private static final String REFERENCES = """
            SELECT digest FROM nodoubt_reference
            WHERE recorded_at < ?
              AND NOT EXISTS (SELECT 1 FROM nodoubt_call c WHERE c.call_key = nodoubt_reference.call_key)
            LIMIT ? FOR UPDATE SKIP LOCKED
            """;
    private static final String REMOVE_REFERENCE = "DELETE FROM nodoubt_reference WHERE digest = ?";

    /** An order goes with the last of its calls: nothing but those asks for it. */
    private static final String ORDERS = """
            SELECT digest FROM nodoubt_order
            WHERE digest IN (%s) AND open_calls = 0 AND NOT stopped FOR UPDATE SKIP LOCKED
            """;

    private static final String REMOVE_ORDER = "DELETE FROM nodoubt_order WHERE digest = ?";

    private static final String REMOVE_TARGETS = "DELETE FROM nodoubt_target WHERE held_off_until < ?";

    private static final Duration KEEP_TARGETS = Duration.ofDays(1);

    private final AuditTable audit = new AuditTable();

    int purge(CallSession session, Retention retention, int batch) throws SQLException {
        int gone = settled(session, session.now().minus(retention.settled()), batch);
        gone += references(session, session.now().minus(retention.businessKeys()), batch);
        gone += audit.purge(session, session.now().minus(retention.audit()), batch);
        try (PreparedStatement delete = session.prepare(REMOVE_TARGETS)) {
            session.dialect().bind(delete, 1, session.now().minus(KEEP_TARGETS));
            return gone + delete.executeUpdate();
        }
    }

    private static int settled(CallSession session, Instant before, int batch) throws SQLException {
        List<IdempotencyKey> keys = new ArrayList<>();
        Set<OrderId> orders = new TreeSet<>();
        try (PreparedStatement select = session.prepare(SETTLED)) {
            session.dialect().bind(select, 1, firstKeyAfter(before));
            session.dialect().bind(select, 2, before);
            select.setInt(3, batch);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(CallRows.key(rows));
                    String orderKey = rows.getString("order_key");
                    if (orderKey != null) {
                        orders.add(OrderId.of(rows.getString("target"), orderKey));
                    }
                }
            }
        }
        if (keys.isEmpty()) {
            return 0;
        }
        int gone = 0;
        for (String remove : List.of(REMOVE_TAGS, REMOVE_ATTEMPTS, REMOVE_SETTLED)) {
            try (PreparedStatement delete = session.prepare(remove.formatted(session.keys(keys.size())))) {
                session.bindKeys(delete, 1, keys);
                gone += delete.executeUpdate();
            }
        }
        return gone + orders(session, orders);
    }

    /** The least key of the millisecond after this time. */
    private static IdempotencyKey firstKeyAfter(Instant time) {
        return IdempotencyKey.of(new UUID((time.toEpochMilli() + 1) << 16 | 0x7000, 0x8000_0000_0000_0000L));
    }

    private static int orders(CallSession session, Set<OrderId> orders) throws SQLException {
        if (orders.isEmpty()) {
            return 0;
        }
        try (PreparedStatement select = session.prepare(ORDERS.formatted(CallSession.list(orders.size())))) {
            CallSession.bindBytes(select, 1, orders.stream().map(OrderId::bytes).toList());
            return remove(session, select, REMOVE_ORDER);
        }
    }

    private static int references(CallSession session, Instant before, int batch) throws SQLException {
        try (PreparedStatement select = session.prepare(REFERENCES)) {
            session.dialect().bind(select, 1, before);
            select.setInt(2, batch);
            return remove(session, select, REMOVE_REFERENCE);
        }
    }

    private static int remove(CallSession session, PreparedStatement which, String remove) throws SQLException {
        int removed = 0;
        try (ResultSet rows = which.executeQuery();
                PreparedStatement delete = session.prepare(remove)) {
            for (; rows.next(); removed++) {
                delete.setBytes(1, rows.getBytes(1));
                delete.addBatch();
            }
            if (removed > 0) {
                delete.executeBatch();
            }
        }
        return removed;
    }
}
