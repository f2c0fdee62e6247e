package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Deed;
import dev.nodoubt.call.Operator;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What operators do to calls and targets: a locked row, what is done to it, and the audit's entry, in one transaction. */
final class DeskActions {

    private static final String OPEN =
            "SELECT target, state, incarnation, cancelled, refusal_status FROM nodoubt_call WHERE call_key = ?";

    private static final String LOCKED = OPEN + " FOR UPDATE";

    private static final String SETTLED = "SELECT target, state FROM nodoubt_settled WHERE call_key = ?";

    /**
     * Of a waiting call: whether its holder hears of a cancel before it begins an attempt, and none is under way. A wish
     * that is not done may be the next attempt's, whatever an attempt that ended since has written of its time.
     */
    private static final String IS_UNSENT = """
            SELECT c.call_key FROM nodoubt_call c
            WHERE c.call_key = ? AND c.state = 'waiting' AND (c.marks_start OR c.incarnation IN (0, -1) OR EXISTS (
                SELECT 1 FROM nodoubt_node n
                WHERE n.incarnation = c.incarnation
                  AND (n.in_order OR (n.ended_at IS NULL AND n.lease_until >= ?
                       AND (n.lease_until <= ? OR (c.next_at >= ? AND c.next_at >= n.lease_until AND NOT EXISTS (
                           SELECT 1 FROM nodoubt_hurry h WHERE h.call_key = c.call_key)))))))
            """;

    private static final String DUE_NOW = "UPDATE nodoubt_call SET next_at = ? WHERE call_key = ?";

    private static final String GIVE_UP = "UPDATE nodoubt_call SET cancelled = true, next_at = ? WHERE call_key = ?";

    private final AuditTable audit;
    private final DemandTables demands;

    DeskActions(AuditTable audit, DemandTables demands) {
        this.audit = audit;
        this.demands = demands;
    }

    /** What an action needs to know of a call; of a settled one it has neither holder nor wish. */
    private record Row(String target, CallState state, long holder, boolean givenUp) {
        boolean waitsForItsTurn() {
            return holder == OrderTable.TURN;
        }

        Deed deed(Deed.Result result) {
            return new Deed(result, state);
        }
    }

    /** The next step at once, as a query where so demands. */
    Deed hurry(CallSession session, IdempotencyKey key, Operator by, boolean asks) throws SQLException {
        Row row = row(session, LOCKED, key);
        if (row == null) {
            return ended(session, key);
        }
        boolean unsent = row.state == CallState.WAITING || row.state == CallState.HANDLING;
        if (row.waitsForItsTurn() || (asks && unsent)) {
            return row.deed(Deed.Result.NOT_POSSIBLE);
        }
        if (!demands.hurry(session, key, asks)) {
            return row.deed(Deed.Result.ALREADY);
        }
        update(session, DUE_NOW, key);
        audit.write(session, by, asks ? Action.ASK : Action.ATTEMPT, row.target, key);
        return row.deed(Deed.Result.DONE);
    }

    /** Gives up what is certainly not sent. */
    Deed cancel(CallSession session, IdempotencyKey key, Duration unheard, Operator by) throws SQLException {
        Row row = row(session, LOCKED, key);
        return row == null || row.givenUp || isUnsent(session, key, row.target, unheard)
                ? giveUp(session, key, by, row)
                : row.deed(Deed.Result.NOT_POSSIBLE);
    }

    private boolean isUnsent(CallSession session, IdempotencyKey key, String target, Duration unheard)
            throws SQLException {
        Instant pausedAt = demands.lockPause(session, target);
        Instant now = session.now();
        try (PreparedStatement select = session.prepare(IS_UNSENT)) {
            session.dialect().bind(select, 1, key);
            session.dialect().bind(select, 2, now);
            session.dialect().bind(select, 3, heard(pausedAt, now, unheard));
            session.dialect().bind(select, 4, now.plus(unheard));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Up to which end of its lease a holder has heard of a pause: one that lasts for two leases. Of the holder's own lease
     * no more is known than what is left of it.
     */
    private static Instant heard(@Nullable Instant pausedAt, Instant now, Duration lease) {
        Duration half = Duration.between(pausedAt == null ? now : pausedAt, now).dividedBy(2);
        return pausedAt == null || half.compareTo(lease) < 0 ? now.minusSeconds(1) : now.plus(half);
    }

    Deed giveUp(CallSession session, IdempotencyKey key, Operator by) throws SQLException {
        return giveUp(session, key, by, row(session, LOCKED, key));
    }

    private Deed giveUp(CallSession session, IdempotencyKey key, Operator by, @Nullable Row row) throws SQLException {
        if (row == null) {
            return ended(session, key);
        }
        if (row.state == CallState.HANDLING || row.givenUp) {
            return row.deed(row.givenUp ? Deed.Result.ALREADY : Deed.Result.NOT_POSSIBLE);
        }
        update(session, GIVE_UP, key);
        audit.write(session, by, row.state == CallState.WAITING ? Action.CANCEL : Action.FENCE, row.target, key);
        return row.deed(Deed.Result.DONE);
    }

    /** Why a call was not settled by hand. */
    Deed notSettled(CallSession session, IdempotencyKey key) throws SQLException {
        Row row = row(session, OPEN, key);
        return row == null ? ended(session, key) : row.deed(Deed.Result.NOT_POSSIBLE);
    }

    /** Writes what was done to a call that is there. */
    Deed audited(CallSession session, IdempotencyKey key, Operator by, Action action) throws SQLException {
        Row open = row(session, OPEN, key);
        Row row = open == null ? row(session, SETTLED, key) : open;
        if (row == null) {
            throw new SQLException("call " + key + " is gone");
        }
        audit.write(session, by, action, row.target, key);
        return row.deed(Deed.Result.DONE);
    }

    Deed pause(CallSession session, String target, Operator by) throws SQLException {
        demands.pause(session, target, by);
        audit.write(session, by, Action.PAUSE, target, null);
        return new Deed(Deed.Result.DONE, null);
    }

    Deed resume(CallSession session, String target, boolean halted, Operator by) throws SQLException {
        if (!demands.resume(session, target) && !halted) {
            return new Deed(Deed.Result.ALREADY, null);
        }
        audit.write(session, by, Action.RESUME, target, null);
        return new Deed(Deed.Result.DONE, null);
    }

    private static Deed ended(CallSession session, IdempotencyKey key) throws SQLException {
        Row settled = row(session, SETTLED, key);
        return settled == null ? new Deed(Deed.Result.NO_SUCH_CALL, null) : settled.deed(Deed.Result.ENDED);
    }

    private static @Nullable Row row(CallSession session, String sql, IdempotencyKey key) throws SQLException {
        try (PreparedStatement select = session.prepare(sql)) {
            session.dialect().bind(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                CallState state = CallState.ofWord(row.getString("state"));
                if (state.isFinal()) {
                    return new Row(row.getString("target"), state, 0, false);
                }
                boolean givenUp = row.getBoolean("cancelled") || row.getObject("refusal_status") != null;
                return new Row(row.getString("target"), state, row.getLong("incarnation"), givenUp);
            }
        }
    }

    private static void update(CallSession session, String sql, IdempotencyKey key) throws SQLException {
        try (PreparedStatement update = session.prepare(sql)) {
            session.bindNow(update, 1);
            session.dialect().bind(update, 2, key);
            update.executeUpdate();
        }
    }
}
