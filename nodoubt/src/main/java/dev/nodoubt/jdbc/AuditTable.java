package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AuditEntry;
import dev.nodoubt.call.AuditEntry.Action;
import dev.nodoubt.call.DeskStore.AuditQuery;
import dev.nodoubt.call.Operator;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code nodoubt_audit}: what operators did. */
final class AuditTable {

    private static final String INSERT =
            "INSERT INTO nodoubt_audit (done_at, actor, action, target, call_key, reason) VALUES (?, ?, ?, ?, ?, ?)";

    private static final String COLUMNS = "SELECT id, done_at, actor, action, target, call_key, reason FROM ";

    /** An action has no index: it is looked for among the newest entries. */
    private static final String PAGE = COLUMNS + """
            (SELECT * FROM nodoubt_audit WHERE 1 = 1%s ORDER BY id DESC LIMIT 20000) AS a
            WHERE 1 = 1%s ORDER BY id DESC LIMIT ?
            """;

    private static final String OF_CALL = COLUMNS + "nodoubt_audit WHERE call_key = ? ORDER BY id DESC LIMIT 100";

    /** Ids rise with time, so the oldest entries have the least ones: an index of times is not needed. */
    private static final String LAST_OF_BATCH = """
            SELECT max(id) FROM (SELECT id, done_at FROM nodoubt_audit ORDER BY id LIMIT ?) AS oldest WHERE done_at < ?
            """;

    private static final String REMOVE = "DELETE FROM nodoubt_audit WHERE id <= ? AND done_at < ?";

    /** At most a batch of what was done before this time. */
    int purge(CallSession session, Instant before, int batch) throws SQLException {
        long last = 0;
        try (PreparedStatement select = session.prepare(LAST_OF_BATCH)) {
            select.setInt(1, batch);
            session.dialect().bind(select, 2, before);
            try (ResultSet row = select.executeQuery()) {
                last = row.next() ? row.getLong(1) : 0;
            }
        }
        if (last == 0) {
            return 0;
        }
        try (PreparedStatement delete = session.prepare(REMOVE)) {
            delete.setLong(1, last);
            session.dialect().bind(delete, 2, before);
            return delete.executeUpdate();
        }
    }

    void write(CallSession session, Operator by, Action action, @Nullable String target, @Nullable IdempotencyKey key)
            throws SQLException {
        try (PreparedStatement insert = session.prepare(INSERT)) {
            session.bindNow(insert, 1);
            insert.setString(2, by.actor());
            insert.setString(3, action.word());
            insert.setString(4, target);
            if (key == null) {
                insert.setNull(5, session.dialect() == Dialect.POSTGRESQL ? Types.OTHER : Types.VARCHAR);
            } else {
                session.dialect().bind(insert, 5, key);
            }
            insert.setString(6, by.reason());
            insert.executeUpdate();
        }
    }

    List<AuditEntry> page(CallSession session, AuditQuery query) throws SQLException {
        String inner = (query.actor() == null ? "" : " AND actor = ?") + (query.before() == null ? "" : " AND id < ?");
        String outer = query.action() == null ? "" : " AND action = ?";
        try (PreparedStatement select = session.prepare(PAGE.formatted(inner, outer))) {
            int next = 1;
            if (query.actor() != null) {
                select.setString(next++, query.actor());
            }
            if (query.before() != null) {
                select.setLong(next++, query.before());
            }
            if (query.action() != null) {
                select.setString(next++, query.action().word());
            }
            select.setInt(next, query.limit());
            return read(session, select);
        }
    }

    List<AuditEntry> of(CallSession session, IdempotencyKey key) throws SQLException {
        try (PreparedStatement select = session.prepare(OF_CALL)) {
            session.dialect().bind(select, 1, key);
            return read(session, select);
        }
    }

    private static List<AuditEntry> read(CallSession session, PreparedStatement select) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new AuditEntry(
                        rows.getLong("id"),
                        Objects.requireNonNull(session.dialect().time(rows, "done_at"), "done_at"),
                        new Operator(rows.getString("actor"), rows.getString("reason")),
                        Action.ofWord(rows.getString("action")),
                        rows.getString("target"),
                        rows.getObject("call_key") == null ? null : CallRows.key(rows)));
            }
        }
        return entries;
    }
}
