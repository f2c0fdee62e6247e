package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.CallStore.Known;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of calls whose holder is gone, that have none, or that are given up before their turn. */
final class TakeOver {

    /** Of holders that left in good order, or nobody's. Where nothing may be attempted, only what needs no attempt. */
    private static final String FREE = """
            SELECT call_key, false AS doubtful FROM nodoubt_call
            WHERE incarnation IN (%s) AND target IN (%s) AND (handler IS NULL OR handler IN (%s))
              AND state IN ('waiting', 'in-doubt', 'unresolved', 'handling')
              AND (target NOT IN (%s) OR state = 'handling'
                   OR (state = 'waiting' AND (cancelled OR refusal_status IS NOT NULL OR deadline_at <= ?)))
            ORDER BY incarnation, target LIMIT ? FOR UPDATE SKIP LOCKED
            """;

    /** A dead holder may have sent what it held as waiting, but for calls whose starts it would have committed. */
    private static final String DEAD = """
            SELECT call_key, state = 'waiting' AND NOT marks_start AS doubtful FROM nodoubt_call
            WHERE incarnation IN (%s) AND target IN (%s) AND (handler IS NULL OR handler IN (%s))
              AND state IN ('waiting', 'in-doubt', 'unresolved', 'handling')
              AND (target NOT IN (%s) OR state = 'handling'
                   OR (state = 'waiting' AND marks_start
                       AND (cancelled OR refusal_status IS NOT NULL OR deadline_at <= ?)))
            ORDER BY incarnation, target LIMIT ? FOR UPDATE SKIP LOCKED
            """;

    /** Behind another call of their order, and given up. */
    private static final String TURN = """
            SELECT call_key, false AS doubtful FROM nodoubt_call
            WHERE incarnation = -1 AND state = 'waiting' AND (cancelled OR deadline_at <= ?)
              AND target IN (%s) AND (handler IS NULL OR handler IN (%s))
            LIMIT ? FOR UPDATE SKIP LOCKED
            """;

    /**
     * Where a start is committed before its first byte, that byte may have left later than the row says, but not after the
     * end of its holder's lease: what is asked about counts its time from here.
     */
    private static final String TAKE = """
            UPDATE nodoubt_call SET incarnation = ?,
                doubt_since = CASE WHEN marks_start AND state = 'in-doubt' THEN ? ELSE doubt_since END
            WHERE call_key IN (%s)
            """;

    private static final String TAKE_DOUBTFUL = """
            UPDATE nodoubt_call SET incarnation = ?, state = 'in-doubt', doubt_since = recorded_at, next_at = ?
            WHERE call_key IN (%s)
            """;

    /** Cancelled, so that no clock that is a little behind lets it be sent before its turn. */
    private static final String TAKE_GIVEN_UP =
            "UPDATE nodoubt_call SET incarnation = ?, cancelled = true, next_at = ? WHERE call_key IN (%s)";

    private final NodeTable nodes;

    TakeOver(NodeTable nodes) {
        this.nodes = nodes;
    }

    /** A row that is locked. */
    private record Found(IdempotencyKey key, boolean doubtful) {}

    int takeOver(CallSession session, long incarnation, Known known, int limit) throws SQLException {
        nodes.endDead(session, incarnation);
        List<Long> free = new ArrayList<>(nodes.ended(session, true));
        free.add(CallStore.NOBODY);
        int taken = take(session, incarnation, held(session, FREE, free, known, limit));
        List<Long> dead = nodes.ended(session, false);
        if (taken < limit && !dead.isEmpty()) {
            taken += take(session, incarnation, held(session, DEAD, dead, known, limit - taken));
        }
        if (taken < limit) {
            taken += takeGivenUp(session, incarnation, behind(session, known, limit - taken));
        }
        return taken;
    }

    private static List<Found> held(CallSession session, String sql, List<Long> holders, Known known, int limit)
            throws SQLException {
        String statement = sql.formatted(
                CallSession.list(holders.size()),
                CallSession.list(known.targets().size()),
                CallSession.list(known.handlers().size()),
                CallSession.list(known.heldOff().size()));
        try (PreparedStatement select = session.prepare(statement)) {
            int next = CallSession.bindNumbers(select, 1, holders);
            next = CallSession.bindTexts(select, next, known.targets());
            next = CallSession.bindTexts(select, next, known.handlers());
            next = CallSession.bindTexts(select, next, known.heldOff());
            session.bindNow(select, next);
            select.setInt(next + 1, limit);
            return found(select);
        }
    }

    private static List<Found> behind(CallSession session, Known known, int limit) throws SQLException {
        String statement = TURN.formatted(
                CallSession.list(known.targets().size()),
                CallSession.list(known.handlers().size()));
        try (PreparedStatement select = session.prepare(statement)) {
            session.bindNow(select, 1);
            int next = CallSession.bindTexts(select, 2, known.targets());
            next = CallSession.bindTexts(select, next, known.handlers());
            select.setInt(next, limit);
            return found(select);
        }
    }

    private static List<Found> found(PreparedStatement select) throws SQLException {
        List<Found> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Found(CallRows.key(rows), rows.getBoolean("doubtful")));
            }
        }
        return found;
    }

    private static int take(CallSession session, long incarnation, List<Found> rows) throws SQLException {
        update(session, TAKE, incarnation, rows.stream().filter(row -> !row.doubtful));
        update(session, TAKE_DOUBTFUL, incarnation, rows.stream().filter(row -> row.doubtful));
        return rows.size();
    }

    private static int takeGivenUp(CallSession session, long incarnation, List<Found> rows) throws SQLException {
        update(session, TAKE_GIVEN_UP, incarnation, rows.stream());
        return rows.size();
    }

    private static void update(CallSession session, String sql, long incarnation, Stream<Found> rows)
            throws SQLException {
        List<IdempotencyKey> keys = rows.map(Found::key).toList();
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement take = session.prepare(sql.formatted(session.keys(keys.size())))) {
            take.setLong(1, incarnation);
            session.bindNow(take, 2);
            session.bindKeys(take, 3, keys);
            take.executeUpdate();
        }
    }
}
