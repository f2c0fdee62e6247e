package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Demands;
import dev.nodoubt.call.CallStore.Heard;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.TargetPause;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code nodoubt_pause} and {@code nodoubt_hurry}: what operators want of relays. */
final class DemandTables {

    private static final String PAUSES = "SELECT target, paused_at, actor, reason FROM nodoubt_pause ORDER BY target";

    private static final String LOCKED_PAUSE = "SELECT paused_at FROM nodoubt_pause WHERE target = ? FOR UPDATE";

    private static final String PAUSE =
            "INSERT INTO nodoubt_pause (target, paused_at, actor, reason) VALUES (?, ?, ?, ?)";

    private static final String RESUME = "DELETE FROM nodoubt_pause WHERE target = ?";

    /** The most wishes that are read at once. */
    private static final int PAGE = 500;

    private static final String HURRIED = """
            SELECT h.call_key, h.asks, c.incarnation
            FROM (SELECT call_key, asks FROM nodoubt_hurry WHERE 1 = 1%%s ORDER BY call_key LIMIT %d) AS h
            LEFT JOIN nodoubt_call c ON c.call_key = h.call_key
            ORDER BY h.call_key
            """.formatted(PAGE);

    private static final String FIRST_PAGE = HURRIED.formatted("");

    private static final String NEXT_PAGE = HURRIED.formatted(" AND call_key > ?");

    private static final String HURRIED_OF = "SELECT call_key, asks FROM nodoubt_hurry WHERE call_key IN (%s)";

    /** Who is asked about must have been possibly sent: its ordinary step is not what is wanted. */
    private static final String MAKE_DUE = """
            UPDATE nodoubt_call SET next_at = ?
            WHERE call_key IN (%s) AND incarnation = ? AND next_at > ?
              AND (state IN ('in-doubt', 'unresolved')
                   OR EXISTS (SELECT 1 FROM nodoubt_hurry h WHERE h.call_key = nodoubt_call.call_key AND NOT h.asks))
            """;

    /** As it was done: one to ask may have come meanwhile. */
    private static final String TAKE = "DELETE FROM nodoubt_hurry WHERE call_key = ? AND asks = ?";

    private static final String FORGET = "DELETE FROM nodoubt_hurry WHERE call_key = ?";

    private static final String HURRY = "INSERT INTO nodoubt_hurry (call_key, asks) VALUES (?, ?)";

    Demands demands(CallSession session, long incarnation, Heard heard) throws SQLException {
        Set<String> paused = pauses(session).stream().map(TargetPause::target).collect(Collectors.toSet());
        Map<IdempotencyKey, Boolean> mine = new HashMap<>();
        Map<IdempotencyKey, Boolean> gone = new HashMap<>(heard.done());
        IdempotencyKey last = null;
        int read = 0;
        try (PreparedStatement select = session.prepare(heard.after() == null ? FIRST_PAGE : NEXT_PAGE)) {
            if (heard.after() != null) {
                session.dialect().bind(select, 1, heard.after());
            }
            try (ResultSet rows = select.executeQuery()) {
                for (; rows.next(); read++) {
                    last = CallRows.key(rows);
                    Boolean asks = rows.getBoolean("asks");
                    long holder = rows.getLong("incarnation");
                    if (rows.wasNull()) {
                        gone.put(last, asks);
                    } else if (holder == incarnation
                            && !asks.equals(heard.done().get(last))) {
                        mine.put(last, asks);
                    }
                }
            }
        }
        makeDue(session, incarnation, mine.keySet(), heard.held());
        take(session, gone);
        return new Demands(paused, mine, read == PAGE ? last : null);
    }

    /** What is not in memory is read when it is due. */
    private static void makeDue(
            CallSession session, long incarnation, Set<IdempotencyKey> wanted, Set<IdempotencyKey> held)
            throws SQLException {
        List<IdempotencyKey> unheld =
                wanted.stream().filter(key -> !held.contains(key)).toList();
        if (unheld.isEmpty()) {
            return;
        }
        try (PreparedStatement update = session.prepare(MAKE_DUE.formatted(session.keys(unheld.size())))) {
            session.bindNow(update, 1);
            int next = session.bindKeys(update, 2, unheld);
            update.setLong(next, incarnation);
            session.bindNow(update, next + 1);
            update.executeUpdate();
        }
    }

    Map<IdempotencyKey, Boolean> hurried(CallSession session, Collection<IdempotencyKey> keys) throws SQLException {
        Map<IdempotencyKey, Boolean> hurried = new HashMap<>();
        try (PreparedStatement select = session.prepare(HURRIED_OF.formatted(session.keys(keys.size())))) {
            session.bindKeys(select, 1, keys);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hurried.put(CallRows.key(rows), rows.getBoolean("asks"));
                }
            }
        }
        return hurried;
    }

    /** All at once, and in one order at all nodes: two of them may take the same. */
    private static void take(CallSession session, Map<IdempotencyKey, Boolean> wishes) throws SQLException {
        if (wishes.isEmpty()) {
            return;
        }
        Map<IdempotencyKey, Boolean> ordered = new TreeMap<>(Comparator.comparing(IdempotencyKey::value));
        ordered.putAll(wishes);
        try (PreparedStatement delete = session.prepare(TAKE)) {
            for (Map.Entry<IdempotencyKey, Boolean> wish : ordered.entrySet()) {
                session.dialect().bind(delete, 1, wish.getKey());
                delete.setBoolean(2, wish.getValue());
                delete.executeUpdate();
            }
        }
    }

    /**
     * The call's row is locked, so that nobody else wishes the same meanwhile. False when that step is wanted already: a
     * query is a next step, too.
     */
    boolean hurry(CallSession session, IdempotencyKey key, boolean asks) throws SQLException {
        Boolean wanted = hurried(session, List.of(key)).get(key);
        if (wanted != null && (wanted || !asks)) {
            return false;
        }
        try (PreparedStatement forget = session.prepare(FORGET);
                PreparedStatement insert = session.prepare(HURRY)) {
            session.dialect().bind(forget, 1, key);
            forget.executeUpdate();
            session.dialect().bind(insert, 1, key);
            insert.setBoolean(2, asks);
            insert.executeUpdate();
        }
        return true;
    }

    List<TargetPause> pauses(CallSession session) throws SQLException {
        List<TargetPause> pauses = new ArrayList<>();
        try (PreparedStatement select = session.prepare(PAUSES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Instant since = Objects.requireNonNull(session.dialect().time(rows, "paused_at"), "paused_at");
                pauses.add(new TargetPause(
                        rows.getString("target"), since, rows.getString("actor"), rows.getString("reason")));
            }
        }
        return pauses;
    }

    /** Since when a target is paused, null where it is not. Nobody ends the pause before this transaction ends. */
    @Nullable
    Instant lockPause(CallSession session, String target) throws SQLException {
        try (PreparedStatement select = session.prepare(LOCKED_PAUSE)) {
            select.setString(1, target);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? session.dialect().time(row, "paused_at") : null;
            }
        }
    }

    /** Fails as a duplicate when the target is paused. */
    void pause(CallSession session, String target, Operator by) throws SQLException {
        try (PreparedStatement insert = session.prepare(PAUSE)) {
            insert.setString(1, target);
            session.bindNow(insert, 2);
            insert.setString(3, by.actor());
            insert.setString(4, by.reason());
            insert.executeUpdate();
        }
    }

    /** False when it was not paused. */
    boolean resume(CallSession session, String target) throws SQLException {
        try (PreparedStatement delete = session.prepare(RESUME)) {
            delete.setString(1, target);
            return delete.executeUpdate() == 1;
        }
    }
}
