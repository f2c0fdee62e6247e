package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.CallDetail;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.RecordedCall;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call with all that is kept of it, its bytes only where they are asked for. */
final class DetailReads {

    private static final String OPEN = """
            SELECT call_key, target, method, path, state, attempts, last, recorded_at, next_at, deadline_at, doubt_since,
                   priority, handler, reference, tags, business_key, order_key, incarnation, cancelled,
                   media_type, octet_length(body) AS size, known_state, known_failures, refusal_status,
                   coalesce(known_status, refusal_status) AS answer_status,
                   coalesce(known_media_type, refusal_media_type) AS answer_media_type,
                   octet_length(coalesce(known_body, refusal_body)) AS answer_size
            FROM nodoubt_call WHERE call_key = ?
            """;

    private static final String SETTLED = """
            SELECT call_key, target, method, path, state, attempts, recorded_at, settled_at, why, evidence,
                   priority, handler, reference, tags, business_key, order_key,
                   reply_status, '' AS reply_headers, NULL AS reply_media_type, NULL AS reply_body,
                   reply_status AS answer_status, reply_media_type AS answer_media_type,
                   octet_length(reply_body) AS answer_size
            FROM nodoubt_settled WHERE call_key = ?
            """;

    private static final String ORDER = "SELECT open_calls, stopped FROM nodoubt_order WHERE digest = ?";

    private static final String OPEN_BYTES = "SELECT * FROM nodoubt_call WHERE call_key = ?";

    private static final String SETTLED_BYTES = "SELECT * FROM nodoubt_settled WHERE call_key = ?";

    /** A call moves from the open ones to the settled ones, so that order of asking misses none. */
    Optional<CallDetail> detail(CallSession session, IdempotencyKey key, List<AuditEntry> audit) throws SQLException {
        CallDetail open = read(session, OPEN, key, audit);
        return Optional.ofNullable(open == null ? read(session, SETTLED, key, audit) : open);
    }

    private static @Nullable CallDetail read(
            CallSession session, String sql, IdempotencyKey key, List<AuditEntry> audit) throws SQLException {
        try (PreparedStatement select = session.prepare(sql)) {
            session.dialect().bind(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                CallRows calls = new CallRows(session.dialect());
                RecordedCall call = calls.recorded(row);
                CallDetail.Open open = call.state().isFinal() ? null : open(session, calls, row);
                CallDetail.Content reply = reply(row);
                return new CallDetail(call, open, reply, order(session, call, open), audit);
            }
        }
    }

    private static CallDetail.Open open(CallSession session, CallRows calls, ResultSet row) throws SQLException {
        String known = row.getString("known_state");
        return new CallDetail.Open(
                new CallDetail.Content(row.getString("media_type"), row.getLong("size")),
                calls.instant(row, "deadline_at"),
                row.getBoolean("cancelled") || row.getObject("refusal_status") != null,
                session.dialect().time(row, "doubt_since"),
                row.getLong("incarnation"),
                known == null ? null : new CallDetail.Handling(CallState.ofWord(known), row.getInt("known_failures")));
    }

    private static CallDetail.@Nullable Content reply(ResultSet row) throws SQLException {
        if (row.getObject("answer_status") == null) {
            return null;
        }
        String mediaType = row.getString("answer_media_type");
        return new CallDetail.Content(mediaType == null ? "" : mediaType, row.getLong("answer_size"));
    }

    private static CallDetail.@Nullable Order order(
            CallSession session, RecordedCall call, CallDetail.@Nullable Open open) throws SQLException {
        String key = call.labels().orderKey();
        if (key == null) {
            return null;
        }
        boolean waits = open != null && open.holder() == OrderTable.TURN;
        try (PreparedStatement select = session.prepare(ORDER)) {
            select.setBytes(1, OrderId.of(call.target(), key).bytes());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new CallDetail.Order(key, waits, row.getBoolean("stopped"), row.getLong("open_calls"))
                        : new CallDetail.Order(key, waits, false, 0);
            }
        }
    }

    Optional<CallDetail.Revealed> reveal(CallSession session, IdempotencyKey key) throws SQLException {
        CallDetail.Revealed open = bytes(session, OPEN_BYTES, key);
        return Optional.ofNullable(open == null ? bytes(session, SETTLED_BYTES, key) : open);
    }

    private static CallDetail.@Nullable Revealed bytes(CallSession session, String sql, IdempotencyKey key)
            throws SQLException {
        try (PreparedStatement select = session.prepare(sql)) {
            session.dialect().bind(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                CallState state = CallState.ofWord(row.getString("state"));
                if (state.isFinal()) {
                    return new CallDetail.Revealed(null, ReplyColumns.read(row, "reply_"));
                }
                Payload request = Payload.of(row.getBytes("body"), row.getString("media_type"));
                String prefix = state == CallState.HANDLING ? "known_" : "refusal_";
                return new CallDetail.Revealed(request, ReplyColumns.read(row, prefix));
            }
        }
    }
}
