package dev.nodoubt.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Intents on H2. */
final class H2IntentSql implements IntentSql {

    private static final String RECORD = """
            INSERT INTO nodoubt_intent (id, kind, scope, state, attempts, doubts, recorded_at, next_at)
            VALUES (?, ?, ?, 'waiting', 0, 0, current_timestamp, current_timestamp)
            """;

    private static final String RECORD_CONTENT =
            "INSERT INTO nodoubt_intent_content (id, media_type, body) VALUES (?, ?, ?)";

    private static final String DUE = """
            SELECT id, scope, state, attempts, doubts, recorded_at
            FROM nodoubt_intent
            WHERE kind = ? AND next_at <= current_timestamp AND (state = 'waiting' OR ?) AND LOCATE(CAST(id AS varchar), ?) = 0
            ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String TAKE = """
            UPDATE nodoubt_intent
            SET doubts = doubts + CASE state WHEN 'sending' THEN 1 ELSE 0 END,
                state = 'sending', attempts = attempts + 1, lease = ?, next_at = DATEADD(MICROSECOND, CAST(? AS bigint), current_timestamp)
            WHERE id = ?
            """;

    private static final String CONTENT = "SELECT media_type, body FROM nodoubt_intent_content WHERE id = ?";

    private static final String GIVE_BACK = """
            UPDATE nodoubt_intent
            SET state = CASE WHEN doubts > 0 THEN 'in-doubt' ELSE 'waiting' END,
                attempts = attempts - 1, lease = NULL, next_at = DATEADD(MICROSECOND, CAST(? AS bigint), current_timestamp)
            WHERE kind = ? AND next_at IS NOT NULL AND state = 'sending' AND lease = ?
            """;

    private static final String COMPLETE = """
            UPDATE nodoubt_intent
            SET state = ?, doubts = ?, last = ?, lease = NULL, next_at = DATEADD(MICROSECOND, CAST(? AS bigint), current_timestamp),
                ended_at = CASE WHEN ? THEN current_timestamp END
            WHERE id = ? AND state = 'sending' AND lease = ?
            """;

    private static final String PARK = """
            UPDATE nodoubt_intent
            SET doubts = doubts + CASE state WHEN 'sending' THEN 1 ELSE 0 END,
                last = CASE state WHEN 'sending' THEN 'the attempt ended without a record' ELSE last END,
                state = 'in-doubt', lease = NULL, next_at = NULL
            WHERE kind = ? AND next_at <= current_timestamp AND state IN ('sending', 'in-doubt') AND LOCATE(CAST(id AS varchar), ?) = 0
            """;

    private static final String FIND = """
            SELECT i.kind, i.state, i.attempts, i.doubts, i.last, i.recorded_at, i.next_at, i.ended_at,
                   c.media_type, c.body
            FROM nodoubt_intent i JOIN nodoubt_intent_content c ON c.id = i.id
            WHERE i.id = ? AND i.scope = ?
            """;

    private static final String LOCK = """
            SELECT state, next_at <= current_timestamp AS came FROM nodoubt_intent WHERE id = ? AND scope = ? FOR UPDATE
            """;

    private static final String WITHDRAW = """
            UPDATE nodoubt_intent SET state = 'withdrawn', next_at = NULL, ended_at = current_timestamp WHERE id = ?
            """;

    private static final String PURGE = """
            DELETE FROM nodoubt_intent
            WHERE kind = ? AND ended_at <= DATEADD(MICROSECOND, -CAST(? AS bigint), current_timestamp)
            FETCH FIRST ? ROWS ONLY
            """;

    @Override
    public String record() {
        return RECORD;
    }

    @Override
    public String recordContent() {
        return RECORD_CONTENT;
    }

    @Override
    public String due() {
        return DUE;
    }

    @Override
    public String take() {
        return TAKE;
    }

    @Override
    public String content() {
        return CONTENT;
    }

    @Override
    public String giveBack() {
        return GIVE_BACK;
    }

    @Override
    public String complete() {
        return COMPLETE;
    }

    @Override
    public String park() {
        return PARK;
    }

    @Override
    public String find() {
        return FIND;
    }

    @Override
    public String lock() {
        return LOCK;
    }

    @Override
    public String withdraw() {
        return WITHDRAW;
    }

    @Override
    public String purge() {
        return PURGE;
    }

    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
