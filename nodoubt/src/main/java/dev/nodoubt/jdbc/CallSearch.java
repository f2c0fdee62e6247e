package dev.nodoubt.jdbc;

import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.RecordedCall;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A page of calls, newest first: at most a page of the open ones and one of the settled ones, then the newest of both. */
final class CallSearch {

    private static final String OPEN = """
            SELECT call_key, target, method, path, state, attempts, last, recorded_at, next_at,
                   priority, handler, reference, tags, business_key, order_key
            FROM nodoubt_call WHERE 1 = 1""";

    private static final String SETTLED = """
            SELECT call_key, target, method, path, state, attempts, recorded_at, settled_at, why, evidence,
                   priority, handler, reference, tags, business_key, order_key,
                   reply_status, reply_headers, reply_media_type, reply_body
            FROM nodoubt_settled WHERE 1 = 1""";

    private static final String BEFORE = " AND call_key < ?";
    private static final String TARGET = " AND target = ?";
    private static final String REFERENCE = " AND reference = ?";
    private static final String TAG = " AND call_key IN (SELECT call_key FROM nodoubt_tag WHERE tag = ?)";
    private static final String STATES = " AND state IN (%s)";
    private static final String PAGE = " ORDER BY call_key DESC LIMIT ?";

    private final UnreadCalls unread;

    CallSearch(UnreadCalls unread) {
        this.unread = unread;
    }

    List<RecordedCall> search(CallSession session, CallQuery query) throws SQLException {
        List<RecordedCall> found = new ArrayList<>();
        // In this order, as a call that is settled meanwhile moves from the one to the other.
        if (asksFor(query, false)) {
            part(session, OPEN, query, found);
        }
        if (asksFor(query, true)) {
            part(session, SETTLED, query, found);
        }
        return found.stream()
                .sorted(Comparator.comparing((RecordedCall call) -> call.key().value())
                        .reversed())
                .limit(query.limit())
                .toList();
    }

    private static boolean asksFor(CallQuery query, boolean ended) {
        return query.states().isEmpty() || query.states().stream().anyMatch(state -> state.isFinal() == ended);
    }

    private void part(CallSession session, String from, CallQuery query, List<RecordedCall> found) throws SQLException {
        try (PreparedStatement select = session.prepare(sql(from, query))) {
            bind(session, select, query);
            CallRows calls = new CallRows(session.dialect());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unread.orRead(rows, calls::recorded)
                            .filter(call -> found.stream()
                                    .noneMatch(other -> other.key().equals(call.key())))
                            .ifPresent(found::add);
                }
            }
        }
    }

    private static String sql(String from, CallQuery query) {
        StringBuilder sql = new StringBuilder(from);
        sql.append(query.before() == null ? "" : BEFORE);
        sql.append(query.target() == null ? "" : TARGET);
        sql.append(query.reference() == null ? "" : REFERENCE);
        sql.append(query.tag() == null ? "" : TAG);
        if (!query.states().isEmpty()) {
            sql.append(STATES.formatted(CallSession.list(query.states().size())));
        }
        return sql.append(PAGE).toString();
    }

    private static void bind(CallSession session, PreparedStatement select, CallQuery query) throws SQLException {
        int next = 1;
        if (query.before() != null) {
            session.dialect().bind(select, next++, query.before());
        }
        if (query.target() != null) {
            select.setString(next++, query.target());
        }
        if (query.reference() != null) {
            select.setString(next++, query.reference());
        }
        if (query.tag() != null) {
            select.setString(next++, query.tag());
        }
        if (!query.states().isEmpty()) {
            List<String> words = query.states().stream().map(CallState::word).toList();
            next = CallSession.bindTexts(select, next, words);
        }
        select.setInt(next, query.limit());
    }
}
