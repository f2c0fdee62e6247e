package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Wish;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.RecordedCall;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a holder, and what the application asks of single calls. */
final class CallReads {

    private static final String DUE = """
            SELECT * FROM nodoubt_call
            WHERE incarnation = ? AND target = ? AND next_at <= ? AND call_key NOT IN (%s)
              AND state IN ('waiting', 'in-doubt', 'unresolved', 'handling')
            ORDER BY priority DESC, next_at LIMIT ?
            """;

    /**
     * Those that are settled without asking anybody: few among many that wait. On PostgreSQL each half has an index of its
     * own; none of the orders is that of the index of what is due, so that no plan reads all that wait.
     */
    private static final String DUE_WITHOUT_ATTEMPTS = """
            SELECT * FROM (
                (SELECT * FROM nodoubt_call
                 WHERE incarnation = ? AND target = ? AND next_at <= ? AND call_key NOT IN (%1$s)
                   AND (cancelled OR refusal_status IS NOT NULL OR state = 'handling')
                   AND state IN ('waiting', 'handling')
                 ORDER BY -1.0 * priority, next_at LIMIT ?)
                UNION ALL
                (SELECT * FROM nodoubt_call
                 WHERE incarnation = ? AND target = ? AND deadline_at <= ? AND call_key NOT IN (%1$s)
                   AND state = 'waiting' AND NOT cancelled AND refusal_status IS NULL
                 ORDER BY deadline_at LIMIT ?)
            ) AS c
            ORDER BY -1.0 * priority, next_at LIMIT ?
            """;

    private static final String CANCELLED = "SELECT call_key FROM nodoubt_call WHERE incarnation = ? AND cancelled";

    private static final String CANCEL = "UPDATE nodoubt_call SET cancelled = true, next_at = ? WHERE call_key = ?";

    private static final String OPEN = "SELECT * FROM nodoubt_call WHERE call_key = ?";

    private static final String SETTLED = "SELECT * FROM nodoubt_settled WHERE call_key = ?";

    private final UnreadCalls unread;

    CallReads(UnreadCalls unread) {
        this.unread = unread;
    }

    List<OpenCall> due(CallSession session, long incarnation, Wish wish) throws SQLException {
        String sql = wish.attempts() ? DUE : DUE_WITHOUT_ATTEMPTS;
        try (PreparedStatement select =
                session.prepare(sql.formatted(session.keys(wish.held().size())))) {
            int next = bindDue(session, select, 1, incarnation, wish);
            if (!wish.attempts()) {
                next = bindDue(session, select, next, incarnation, wish);
                select.setInt(next, wish.limit());
            }
            CallRows calls = new CallRows(session.dialect());
            List<OpenCall> due = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unread.orRead(rows, calls::open).ifPresent(due::add);
                }
            }
            return due;
        }
    }

    private static int bindDue(CallSession session, PreparedStatement select, int from, long incarnation, Wish wish)
            throws SQLException {
        select.setLong(from, incarnation);
        select.setString(from + 1, wish.target());
        session.bindNow(select, from + 2);
        int next = session.bindKeys(select, from + 3, wish.held());
        select.setInt(next, wish.limit());
        return next + 1;
    }

    Set<IdempotencyKey> cancelled(CallSession session, long incarnation) throws SQLException {
        try (PreparedStatement select = session.prepare(CANCELLED)) {
            select.setLong(1, incarnation);
            Set<IdempotencyKey> keys = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(CallRows.key(rows));
                }
            }
            return keys;
        }
    }

    boolean cancel(CallSession session, IdempotencyKey key) throws SQLException {
        try (PreparedStatement update = session.prepare(CANCEL)) {
            session.bindNow(update, 1);
            session.dialect().bind(update, 2, key);
            return update.executeUpdate() == 1;
        }
    }

    /** A call moves from the open ones to the settled ones, so that order of asking misses none. */
    Optional<RecordedCall> find(CallSession session, IdempotencyKey key) throws SQLException {
        Optional<RecordedCall> open = find(session, OPEN, key);
        return open.isPresent() ? open : find(session, SETTLED, key);
    }

    private static Optional<RecordedCall> find(CallSession session, String sql, IdempotencyKey key)
            throws SQLException {
        try (PreparedStatement select = session.prepare(sql)) {
            session.dialect().bind(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new CallRows(session.dialect()).recorded(row)) : Optional.empty();
            }
        }
    }
}
