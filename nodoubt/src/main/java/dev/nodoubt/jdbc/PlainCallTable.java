package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.Postponement;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.Settlement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A holder's writes on MariaDB, MySQL and H2: it locks its rows, then writes those that it still holds in batches. */
final class PlainCallTable implements CallTable {

    private static final String LOCK = """
            SELECT call_key, incarnation, target, order_digest, order_sequence
            FROM nodoubt_call WHERE call_key IN (%s) ORDER BY call_key FOR UPDATE
            """;

    private static final String LOCK_WANTED = LOCK.replace("ORDER BY", "AND NOT cancelled ORDER BY");

    private static final String MOVE = """
            INSERT INTO nodoubt_settled (call_key, recorded_at, target, method, path, priority, handler, reference, tags,
                                         business_key, order_key, state, why, attempts, settled_at, evidence,
                                         reply_status, reply_headers, reply_media_type, reply_body)
            SELECT call_key, recorded_at, target, method, path, priority, handler, reference, tags,
                   business_key, order_key, ?, ?, ?, ?, ?, ?, ?, ?, ?
            FROM nodoubt_call WHERE call_key = ?
            """;

    private static final String REMOVE = "DELETE FROM nodoubt_call WHERE call_key = ?";

    private static final String DEFER = """
            UPDATE nodoubt_call
            SET state = ?, attempts = ?, next_at = ?, last = ?, doubt_since = ?, resolutions = ?, ungated = ?,
                refusal_status = ?, refusal_headers = ?, refusal_media_type = ?, refusal_body = ?
            WHERE call_key = ?
            """;

    private static final String POSTPONE = """
            UPDATE nodoubt_call
            SET state = 'handling', attempts = ?, next_at = ?, last = ?, known_state = ?, known_why = ?, known_failures = ?,
                known_status = ?, known_headers = ?, known_media_type = ?, known_body = ?
            WHERE call_key = ?
            """;

    @Override
    public List<Written> settle(CallSession session, List<Settlement> rows, @Nullable String evidence)
            throws SQLException {
        List<Written> written = new ArrayList<>();
        Map<IdempotencyKey, Written> held = lock(session, LOCK, rows, Settlement::key, Settlement::holder);
        try (PreparedStatement move = session.prepare(MOVE);
                PreparedStatement remove = session.prepare(REMOVE)) {
            for (Settlement row : rows) {
                Written before = held.remove(row.key());
                if (before == null) {
                    continue;
                }
                OutcomeColumns outcome = OutcomeColumns.of(row.outcome());
                move.setString(1, outcome.state().word());
                move.setString(2, outcome.why());
                move.setInt(3, row.attempts());
                session.bindNow(move, 4);
                move.setString(5, evidence);
                int key = ReplyColumns.of(outcome.reply()).bind(move, 6);
                session.dialect().bind(move, key, row.key());
                move.executeUpdate(); // one by one: MariaDB's driver has no batches of INSERT … SELECT
                addBatch(session, remove, 1, row.key());
                written.add(now(before, outcome.state()));
            }
            if (!written.isEmpty()) {
                remove.executeBatch();
            }
        }
        return written;
    }

    @Override
    public List<Written> defer(CallSession session, List<Deferral> rows) throws SQLException {
        return defer(session, LOCK, rows);
    }

    @Override
    public List<Written> begin(CallSession session, List<Deferral> rows) throws SQLException {
        return defer(session, LOCK_WANTED, rows);
    }

    private static List<Written> defer(CallSession session, String lock, List<Deferral> rows) throws SQLException {
        List<Written> written = new ArrayList<>();
        Map<IdempotencyKey, Written> held = lock(session, lock, rows, Deferral::key, Deferral::holder);
        try (PreparedStatement defer = session.prepare(DEFER)) {
            for (Deferral row : rows) {
                Written before = held.remove(row.key());
                if (before == null) {
                    continue;
                }
                bind(session, defer, row.progress());
                addBatch(session, defer, 12, row.key());
                written.add(now(before, row.progress().state()));
            }
            if (!written.isEmpty()) {
                defer.executeBatch();
            }
        }
        return written;
    }

    private static void bind(CallSession session, PreparedStatement defer, Progress progress) throws SQLException {
        Doubt doubt = progress.doubt();
        defer.setString(1, progress.state().word());
        defer.setInt(2, progress.attempts());
        session.dialect().bind(defer, 3, progress.dueAt());
        defer.setString(4, progress.last());
        session.dialect().bind(defer, 5, doubt == null ? null : doubt.since());
        defer.setInt(6, doubt == null ? 0 : doubt.resolutions());
        defer.setBoolean(7, doubt != null && doubt.ungated());
        ReplyColumns.of(progress.givingUp() == null ? null : progress.givingUp().refusal())
                .bind(defer, 8);
    }

    @Override
    public List<Written> postpone(CallSession session, List<Postponement> rows) throws SQLException {
        List<Written> written = new ArrayList<>();
        Map<IdempotencyKey, Written> held = lock(
                session,
                LOCK,
                rows,
                row -> row.settlement().key(),
                row -> row.settlement().holder());
        try (PreparedStatement postpone = session.prepare(POSTPONE)) {
            for (Postponement row : rows) {
                Written before = held.remove(row.settlement().key());
                if (before == null) {
                    continue;
                }
                OutcomeColumns outcome = OutcomeColumns.of(row.settlement().outcome());
                postpone.setInt(1, row.settlement().attempts());
                session.dialect().bind(postpone, 2, row.dueAt());
                postpone.setString(3, row.last());
                postpone.setString(4, outcome.state().word());
                postpone.setString(5, outcome.why());
                postpone.setInt(6, row.failures());
                int key = ReplyColumns.of(outcome.reply()).bind(postpone, 7);
                addBatch(session, postpone, key, row.settlement().key());
                written.add(now(before, CallState.HANDLING));
            }
            if (!written.isEmpty()) {
                postpone.executeBatch();
            }
        }
        return written;
    }

    private static Written now(Written before, CallState state) {
        return new Written(before.key(), before.holder(), before.target(), state, before.order());
    }

    private static void addBatch(CallSession session, PreparedStatement statement, int index, IdempotencyKey key)
            throws SQLException {
        session.dialect().bind(statement, index, key);
        statement.addBatch();
    }

    /** Those that are held by whom their row says. */
    private static <R> Map<IdempotencyKey, Written> lock(
            CallSession session, String lock, List<R> rows, Function<R, IdempotencyKey> key, ToLongFunction<R> holder)
            throws SQLException {
        Map<IdempotencyKey, Long> holders = new HashMap<>();
        rows.forEach(row -> holders.put(key.apply(row), holder.applyAsLong(row)));
        Map<IdempotencyKey, Written> held = new HashMap<>();
        try (PreparedStatement select = session.prepare(lock.formatted(session.keys(holders.size())))) {
            session.bindKeys(select, 1, holders.keySet());
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    Written row = Written.of(found, CallState.WAITING);
                    if (Long.valueOf(row.holder()).equals(holders.get(row.key()))) {
                        held.put(row.key(), row);
                    }
                }
            }
        }
        return held;
    }
}
