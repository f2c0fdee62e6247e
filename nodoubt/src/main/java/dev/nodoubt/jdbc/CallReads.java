package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Wish;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.RecordedCall;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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

    /** The same from a time on: what was due before it and is gone leaves entries in the index, which it passes over. */
    private static final String DUE_SINCE = DUE.replace("next_at <= ?", "next_at <= ? AND next_at >= ?");

    /**
     * Those that are settled without asking anybody: few among many that wait. The order is not that of the index of what
     * is due, so that PostgreSQL takes their own index and reads none that only wait.
     */
    private static final String ENDED = """
            SELECT * FROM nodoubt_call
            WHERE incarnation = ? AND target = ? AND next_at <= ? AND call_key NOT IN (%s)
              AND (cancelled OR refusal_status IS NOT NULL OR state = 'handling')
              AND state IN ('waiting', 'handling')
            ORDER BY -1.0 * priority, next_at LIMIT ?
            """;

    /** Those that only wait, and too long. Their deadline has no index: it is read for few, and would cost every call. */
    private static final String LATE = """
            SELECT * FROM nodoubt_call
            WHERE incarnation = ? AND target = ? AND deadline_at <= ? AND call_key NOT IN (%s)
              AND state = 'waiting' AND NOT cancelled AND refusal_status IS NULL
            ORDER BY deadline_at LIMIT ?
            """;

    /** It reads all that wait there, in a scan that keeps a lease of 15 s. */
    private static final int LONGEST_LATE_SECONDS = 2;

    private static final String CANCELLED = "SELECT call_key FROM nodoubt_call WHERE incarnation = ? AND cancelled";

    private static final String CANCEL = "UPDATE nodoubt_call SET cancelled = true, next_at = ? WHERE call_key = ?";

    private static final String OPEN = "SELECT * FROM nodoubt_call WHERE call_key = ?";

    private static final String OPEN_KEYS = "SELECT call_key FROM nodoubt_call WHERE call_key IN (%s)";

    private static final String SETTLED = "SELECT * FROM nodoubt_settled WHERE call_key = ?";

    private final UnreadCalls unread;

    CallReads(UnreadCalls unread) {
        this.unread = unread;
    }

    List<OpenCall> due(CallSession session, long incarnation, Wish wish) throws SQLException {
        return switch (wish.wanted()) {
            case ALL -> read(session, wish.since() == null ? DUE : DUE_SINCE, incarnation, wish);
            case ENDED, ENDED_OR_LATE -> read(session, ENDED, incarnation, wish);
        };
    }

    /** Of a wish for these too, beside so many that were found. */
    List<OpenCall> late(CallSession session, long incarnation, Wish wish, int found) throws SQLException {
        Wish rest = new Wish(wish.target(), wish.held(), wish.wanted(), null, wish.limit() - found);
        return read(session, LATE, incarnation, rest);
    }

    private List<OpenCall> read(CallSession session, String sql, long incarnation, Wish wish) throws SQLException {
        try (PreparedStatement select =
                session.prepare(sql.formatted(session.keys(wish.held().size())))) {
            select.setLong(1, incarnation);
            select.setString(2, wish.target());
            session.bindNow(select, 3);
            int next = 4;
            if (sql.equals(DUE_SINCE)) {
                session.dialect().bind(select, next++, wish.since());
            }
            next = session.bindKeys(select, next, wish.held());
            select.setInt(next, wish.limit());
            return sql.equals(LATE)
                    ? Timeouts.within(LONGEST_LATE_SECONDS, select, bounded -> rows(session, bounded))
                    : rows(session, select);
        }
    }

    private List<OpenCall> rows(CallSession session, PreparedStatement select) throws SQLException {
        List<OpenCall> due = new ArrayList<>();
        CallRows calls = new CallRows(session.dialect());
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                unread.orRead(rows, calls::open).ifPresent(due::add);
            }
        }
        return due;
    }

    Set<IdempotencyKey> cancelled(CallSession session, long incarnation) throws SQLException {
        try (PreparedStatement select = session.prepare(CANCELLED)) {
            select.setLong(1, incarnation);
            return keys(select);
        }
    }

    Set<IdempotencyKey> open(CallSession session, Collection<IdempotencyKey> keys) throws SQLException {
        try (PreparedStatement select = session.prepare(OPEN_KEYS.formatted(session.keys(keys.size())))) {
            session.bindKeys(select, 1, keys);
            return keys(select);
        }
    }

    private static Set<IdempotencyKey> keys(PreparedStatement select) throws SQLException {
        Set<IdempotencyKey> keys = new HashSet<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                keys.add(CallRows.key(rows));
            }
        }
        return keys;
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
