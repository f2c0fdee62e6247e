package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallStore.Demands;
import dev.nodoubt.call.Operator;
import dev.nodoubt.call.TargetPause;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code nodoubt_pause} and {@code nodoubt_hurry}: what operators want of relays. */
final class DemandTables {

    private static final String PAUSES = "SELECT target, paused_at, actor, reason FROM nodoubt_pause ORDER BY target";

    private static final String PAUSE =
            "INSERT INTO nodoubt_pause (target, paused_at, actor, reason) VALUES (?, ?, ?, ?)";

    private static final String RESUME = "DELETE FROM nodoubt_pause WHERE target = ?";

    private static final String HURRIED = """
            SELECT h.call_key, h.asks, c.incarnation FROM nodoubt_hurry h
            LEFT JOIN nodoubt_call c ON c.call_key = h.call_key
            ORDER BY h.call_key
            """;

    /** As it was read: another wish for the same call may have come meanwhile. */
    private static final String TAKE = "DELETE FROM nodoubt_hurry WHERE call_key = ? AND asks = ?";

    private static final String FORGET = "DELETE FROM nodoubt_hurry WHERE call_key = ?";

    private static final String HURRY = "INSERT INTO nodoubt_hurry (call_key, asks) VALUES (?, ?)";

    Demands demands(CallSession session, long incarnation) throws SQLException {
        Set<String> paused = pauses(session).stream().map(TargetPause::target).collect(Collectors.toSet());
        Map<IdempotencyKey, Boolean> mine = new HashMap<>();
        Map<IdempotencyKey, Boolean> done = new LinkedHashMap<>(); // in one order at all nodes
        try (PreparedStatement select = session.prepare(HURRIED);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                IdempotencyKey key = CallRows.key(rows);
                long holder = rows.getLong("incarnation");
                boolean settled = rows.wasNull();
                boolean asks = rows.getBoolean("asks");
                if (!settled && holder == incarnation) {
                    mine.put(key, asks);
                }
                if (settled || holder == incarnation) {
                    done.put(key, asks);
                }
            }
        }
        take(session, done);
        return new Demands(paused, mine);
    }

    private static void take(CallSession session, Map<IdempotencyKey, Boolean> wishes) throws SQLException {
        if (wishes.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = session.prepare(TAKE)) {
            for (Map.Entry<IdempotencyKey, Boolean> wish : wishes.entrySet()) {
                session.dialect().bind(delete, 1, wish.getKey());
                delete.setBoolean(2, wish.getValue());
                delete.executeUpdate();
            }
        }
    }

    /** The call's row is locked, so that nobody else wishes the same meanwhile. */
    void hurry(CallSession session, IdempotencyKey key, boolean asks) throws SQLException {
        try (PreparedStatement forget = session.prepare(FORGET);
                PreparedStatement insert = session.prepare(HURRY)) {
            session.dialect().bind(forget, 1, key);
            forget.executeUpdate();
            session.dialect().bind(insert, 1, key);
            insert.setBoolean(2, asks);
            insert.executeUpdate();
        }
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
