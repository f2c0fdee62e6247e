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

/** Deletes what is past its retention. What another node is deleting is left to it. */
final class CallPurge {

    private static final String SETTLED = """
            SELECT call_key FROM nodoubt_settled WHERE settled_at < ? LIMIT ? FOR UPDATE SKIP LOCKED
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

    private static final String ORDERS = """
            SELECT digest FROM nodoubt_order
            WHERE open_calls = 0 AND NOT stopped AND changed_at < ? LIMIT ? FOR UPDATE SKIP LOCKED
            """;
    private static final String REMOVE_ORDER = "DELETE FROM nodoubt_order WHERE digest = ?";

    private static final String REMOVE_TARGETS = "DELETE FROM nodoubt_target WHERE held_off_until < ?";

    private static final Duration KEEP_TARGETS = Duration.ofDays(1);

    int purge(CallSession session, Retention retention, int batch) throws SQLException {
        Instant settledBefore = session.now().minus(retention.settled());
        int gone = settled(session, settledBefore, batch);
        gone += digests(session, REFERENCES, REMOVE_REFERENCE, session.now().minus(retention.businessKeys()), batch);
        gone += digests(session, ORDERS, REMOVE_ORDER, settledBefore, batch);
        try (PreparedStatement delete = session.prepare(REMOVE_TARGETS)) {
            session.dialect().bind(delete, 1, session.now().minus(KEEP_TARGETS));
            return gone + delete.executeUpdate();
        }
    }

    private static int settled(CallSession session, Instant before, int batch) throws SQLException {
        List<IdempotencyKey> keys = new ArrayList<>();
        try (PreparedStatement select = session.prepare(SETTLED)) {
            session.dialect().bind(select, 1, before);
            select.setInt(2, batch);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(CallRows.key(rows));
                }
            }
        }
        if (keys.isEmpty()) {
            return 0;
        }
        int gone = 0;
        for (String remove : List.of(REMOVE_TAGS, REMOVE_ATTEMPTS, REMOVE_SETTLED)) {
            try (PreparedStatement delete = session.prepare(remove.formatted(CallSession.list(keys.size())))) {
                session.bindKeys(delete, 1, keys);
                gone += delete.executeUpdate();
            }
        }
        return gone;
    }

    private static int digests(CallSession session, String past, String remove, Instant before, int batch)
            throws SQLException {
        List<byte[]> digests = new ArrayList<>();
        try (PreparedStatement select = session.prepare(past)) {
            session.dialect().bind(select, 1, before);
            select.setInt(2, batch);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    digests.add(rows.getBytes(1));
                }
            }
        }
        if (digests.isEmpty()) {
            return 0;
        }
        try (PreparedStatement delete = session.prepare(remove)) {
            for (byte[] digest : digests) {
                delete.setBytes(1, digest);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return digests.size();
    }
}
