package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Lease;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code nodoubt_node}: leases by the database's clock. */
final class NodeTable {

    private static final String JOIN = "INSERT INTO nodoubt_node (node, joined_at, lease_until) VALUES (?, ?, ?)";

    /** An incarnation that was ended stays ended, whatever the clock says. */
    private static final String RENEW =
            "UPDATE nodoubt_node SET lease_until = ? WHERE incarnation = ? AND ended_at IS NULL";

    /** A process that stands still may hold its own row locked; that one waits, and nobody waits for it. */
    private static final String DEAD = """
            SELECT incarnation FROM nodoubt_node WHERE ended_at IS NULL AND lease_until < ? AND incarnation <> ?
            FOR UPDATE SKIP LOCKED
            """;

    private static final String END = "UPDATE nodoubt_node SET ended_at = ? WHERE incarnation IN (%s)";

    /** Kept for a day, longer than any business transaction that still names it may stay open. */
    private static final String LONG_ENDED =
            "SELECT incarnation FROM nodoubt_node WHERE ended_at < ? FOR UPDATE SKIP LOCKED";

    private static final String FORGET = """
            DELETE FROM nodoubt_node
            WHERE incarnation = ? AND NOT EXISTS (SELECT 1 FROM nodoubt_call WHERE incarnation = ?)
            """;

    private static final Duration KEEP = Duration.ofDays(1);

    private static final String ENDED =
            "SELECT incarnation FROM nodoubt_node WHERE ended_at IS NOT NULL AND in_order = ?";

    /** One whose holder commits each start was certainly not sent while it says that it waits. */
    private static final String MARK_UNDER_WAY = """
            UPDATE nodoubt_call SET state = 'in-doubt', doubt_since = recorded_at
            WHERE incarnation = ? AND state = 'waiting' AND NOT marks_start AND call_key IN (%s)
            """;

    private static final String LEAVE =
            "UPDATE nodoubt_node SET ended_at = ?, in_order = true WHERE incarnation = ? AND ended_at IS NULL";

    Lease join(CallSession session, String node, Duration lease) throws SQLException {
        try (PreparedStatement insert = session.connection().prepareStatement(JOIN, new String[] {"incarnation"})) {
            insert.setString(1, node);
            session.bindNow(insert, 2);
            session.dialect().bind(insert, 3, session.now().plus(lease));
            insert.executeUpdate();
            try (ResultSet row = insert.getGeneratedKeys()) {
                row.next();
                return new Lease(row.getLong(1), session.now());
            }
        }
    }

    Optional<Lease> renew(CallSession session, long incarnation, Duration lease) throws SQLException {
        try (PreparedStatement update = session.prepare(RENEW)) {
            session.dialect().bind(update, 1, session.now().plus(lease));
            update.setLong(2, incarnation);
            return update.executeUpdate() == 1 ? Optional.of(new Lease(incarnation, session.now())) : Optional.empty();
        }
    }

    /** Ends incarnations whose lease ran out, and forgets those that nobody names any more. */
    void endDead(CallSession session, long incarnation) throws SQLException {
        try (PreparedStatement dead = session.prepare(DEAD);
                PreparedStatement longEnded = session.prepare(LONG_ENDED)) {
            session.bindNow(dead, 1);
            dead.setLong(2, incarnation);
            end(session, incarnations(dead));
            session.dialect().bind(longEnded, 1, session.now().minus(KEEP));
            forget(session, incarnations(longEnded));
        }
    }

    private static void end(CallSession session, List<Long> dead) throws SQLException {
        if (dead.isEmpty()) {
            return;
        }
        try (PreparedStatement end = session.prepare(END.formatted(CallSession.list(dead.size())))) {
            session.bindNow(end, 1);
            CallSession.bindNumbers(end, 2, dead);
            end.executeUpdate();
        }
    }

    private static void forget(CallSession session, List<Long> longEnded) throws SQLException {
        try (PreparedStatement forget = session.prepare(FORGET)) {
            for (long ended : longEnded) {
                forget.setLong(1, ended);
                forget.setLong(2, ended);
                forget.executeUpdate();
            }
        }
    }

    List<Long> ended(CallSession session, boolean inOrder) throws SQLException {
        try (PreparedStatement select = session.prepare(ENDED)) {
            select.setBoolean(1, inOrder);
            return incarnations(select);
        }
    }

    private static List<Long> incarnations(PreparedStatement select) throws SQLException {
        List<Long> incarnations = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                incarnations.add(rows.getLong(1));
            }
        }
        return incarnations;
    }

    void leave(CallSession session, long incarnation, Collection<IdempotencyKey> underWay) throws SQLException {
        try (PreparedStatement mark = session.prepare(MARK_UNDER_WAY.formatted(session.keys(underWay.size())));
                PreparedStatement leave = session.prepare(LEAVE)) {
            mark.setLong(1, incarnation);
            session.bindKeys(mark, 2, underWay);
            mark.executeUpdate();
            session.bindNow(leave, 1);
            leave.setLong(2, incarnation);
            leave.executeUpdate();
        }
    }
}
