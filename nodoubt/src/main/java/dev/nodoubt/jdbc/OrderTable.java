package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code nodoubt_order}: one row an order key. Whoever records a call of it or ends one locks this row first, so that its
 * counters are right whatever a transaction's snapshot shows of the calls.
 */
final class OrderTable {

    /** The holder of calls that wait for their turn. */
    static final long TURN = -1;

    /** H2's MERGE fails on a row that has just come into being; it is there the next time. */
    private static final int MOST_TURNS = 5;

    private static final String READ = "SELECT open_calls, sequence, stopped FROM nodoubt_order WHERE digest = ?";

    private static final String GIVE_UP_PLACE = "UPDATE nodoubt_order SET open_calls = open_calls - 1 WHERE digest = ?";

    private static final String REMOVE_IDLE =
            "DELETE FROM nodoubt_order WHERE digest = ? AND open_calls = 0 AND NOT stopped";

    private static final String END = """
            UPDATE nodoubt_order SET open_calls = open_calls - ?, stopped = (stopped OR ?), changed_at = ? WHERE digest = ?
            """;

    private static final String RELEASE = "UPDATE nodoubt_call SET order_sequence = NULL WHERE call_key = ?";

    private static final String FIRST = """
            SELECT call_key, incarnation FROM nodoubt_call
            WHERE order_digest = ? AND order_sequence IS NOT NULL ORDER BY order_sequence LIMIT 1
            """;

    private static final String HAND_OVER =
            "UPDATE nodoubt_call SET incarnation = ? WHERE call_key = ? AND incarnation = -1";

    private static final String LOCK = "SELECT stopped FROM nodoubt_order WHERE digest = ? FOR UPDATE";

    private static final String RELEASE_UNRESOLVED = """
            UPDATE nodoubt_call SET order_sequence = NULL
            WHERE order_digest = ? AND order_sequence IS NOT NULL AND state = 'unresolved'
            """;

    private static final String RESUME = """
            UPDATE nodoubt_order SET stopped = false, open_calls = open_calls - ?, changed_at = ? WHERE digest = ?
            """;

    /**
     * A call's place in its order.
     *
     * @param waits whether an earlier call is open, or the order stopped
     */
    record Place(long sequence, boolean waits) {}

    /** Takes the next place; the order's row stays locked. */
    Place take(CallSession session, OrderId order) throws SQLException {
        for (int turn = 1; ; turn++) {
            try (PreparedStatement take = session.prepare(session.sql().takePlace())) {
                take.setBytes(1, order.bytes());
                take.executeUpdate();
                break;
            } catch (SQLException e) {
                if (session.dialect() != Dialect.H2 || !Duplicates.is(e) || turn == MOST_TURNS) {
                    throw e;
                }
            }
        }
        try (PreparedStatement read = session.prepare(READ)) {
            read.setBytes(1, order.bytes());
            try (ResultSet row = read.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the order's row is gone");
                }
                return new Place(row.getLong("sequence"), row.getLong("open_calls") > 1 || row.getBoolean("stopped"));
            }
        }
    }

    /** The call was not recorded after all. */
    void giveUp(CallSession session, OrderId order) throws SQLException {
        try (PreparedStatement update = session.prepare(GIVE_UP_PLACE)) {
            update.setBytes(1, order.bytes());
            update.executeUpdate();
        }
        removeIdle(session, order);
    }

    /** The purge removes an order with the last of its settled calls; where none may be left, nobody else would. */
    private static void removeIdle(CallSession session, OrderId order) throws SQLException {
        try (PreparedStatement delete = session.prepare(REMOVE_IDLE)) {
            delete.setBytes(1, order.bytes());
            delete.executeUpdate();
        }
    }

    /**
     * Ends the turns of calls that were settled, or became unresolved where that does not stop their order, and hands the
     * next ones over. Order by order, sorted, so that no two transactions wait for each other.
     *
     * @param nextHolder null: who held the one that ended
     */
    void end(
            CallSession session,
            Collection<Written> rows,
            Map<String, Set<CallState>> stopOn,
            @Nullable Long nextHolder)
            throws SQLException {
        SortedMap<OrderId, List<Written>> ends = new TreeMap<>();
        for (Written row : rows) {
            OrderId order = row.order();
            if (order != null && ends(row, stopOn)) {
                ends.computeIfAbsent(order, o -> new ArrayList<>()).add(row);
            }
        }
        for (Map.Entry<OrderId, List<Written>> entry : ends.entrySet()) {
            List<Written> ended = entry.getValue();
            long holder = nextHolder == null ? ended.get(0).holder() : nextHolder;
            end(session, entry.getKey(), ended, stops(ended, stopOn));
            if (!stopped(session, entry.getKey())) {
                handOver(session, entry.getKey(), holder);
            }
        }
    }

    private static boolean ends(Written row, Map<String, Set<CallState>> stopOn) {
        return row.state().isFinal()
                || (row.state() == CallState.UNRESOLVED
                        && !stopOn.getOrDefault(row.target(), Set.of()).contains(CallState.UNRESOLVED));
    }

    private static boolean stops(List<Written> ended, Map<String, Set<CallState>> stopOn) {
        return ended.stream()
                .anyMatch(row -> stopOn.getOrDefault(row.target(), Set.of()).contains(row.state()));
    }

    private static void end(CallSession session, OrderId order, List<Written> ended, boolean stops)
            throws SQLException {
        try (PreparedStatement end = session.prepare(END);
                PreparedStatement release = session.prepare(RELEASE)) {
            end.setInt(1, ended.size());
            end.setBoolean(2, stops);
            session.bindNow(end, 3);
            end.setBytes(4, order.bytes());
            end.executeUpdate();
            for (Written row : ended) {
                if (!row.state().isFinal()) {
                    session.dialect().bind(release, 1, row.key());
                    release.executeUpdate();
                }
            }
        }
    }

    private static boolean stopped(CallSession session, OrderId order) throws SQLException {
        try (PreparedStatement read = session.prepare(READ)) {
            read.setBytes(1, order.bytes());
            try (ResultSet row = read.executeQuery()) {
                return row.next() && row.getBoolean("stopped");
            }
        }
    }

    /** The order's row is locked, so every call of it that was ever recorded is seen by this new statement. */
    private static void handOver(CallSession session, OrderId order, long holder) throws SQLException {
        IdempotencyKey next = null;
        try (PreparedStatement first = session.prepare(FIRST)) {
            first.setBytes(1, order.bytes());
            try (ResultSet row = first.executeQuery()) {
                if (row.next() && row.getLong("incarnation") == TURN) {
                    next = CallRows.key(row);
                }
            }
        }
        if (next == null) {
            return;
        }
        try (PreparedStatement handOver = session.prepare(HAND_OVER)) {
            handOver.setLong(1, holder);
            session.dialect().bind(handOver, 2, next);
            handOver.executeUpdate();
        }
    }

    /** False when it did not stop: neither by an end nor by an unresolved call that keeps its place. */
    boolean resume(CallSession session, OrderId order) throws SQLException {
        boolean stopped;
        try (PreparedStatement lock = session.prepare(LOCK)) {
            lock.setBytes(1, order.bytes());
            try (ResultSet row = lock.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                stopped = row.getBoolean("stopped");
            }
        }
        try (PreparedStatement release = session.prepare(RELEASE_UNRESOLVED);
                PreparedStatement resume = session.prepare(RESUME)) {
            release.setBytes(1, order.bytes());
            int released = release.executeUpdate();
            if (released == 0 && !stopped) {
                return false;
            }
            resume.setInt(1, released);
            session.bindNow(resume, 2);
            resume.setBytes(3, order.bytes());
            resume.executeUpdate();
        }
        handOver(session, order, CallStore.NOBODY);
        removeIdle(session, order);
        return true;
    }
}
