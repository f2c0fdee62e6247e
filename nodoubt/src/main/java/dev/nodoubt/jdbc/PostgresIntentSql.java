package dev.nodoubt.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Intents on PostgreSQL. */
final class PostgresIntentSql implements IntentSql {

    private static final String RECORD = """
            INSERT INTO nodoubt_intent (id, kind, scope, state, attempts, doubts, recorded_at, next_at)
            VALUES (CAST(? AS uuid), ?, ?, 'waiting', 0, 0, now(), now())
            ON CONFLICT DO NOTHING
            """;

    private static final String RECORD_CONTENT =
            "INSERT INTO nodoubt_intent_content (id, media_type, body) VALUES (CAST(? AS uuid), ?, ?)";

    private static final String DUE = """
            SELECT id, scope, state, attempts, doubts, recorded_at
            FROM nodoubt_intent
            WHERE kind = ? AND next_at <= now() AND (state = 'waiting' OR ?) AND id <> ALL (CAST(string_to_array(?, ',') AS uuid[]))
            ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """;

    private static final String TAKE = """
            UPDATE nodoubt_intent
            SET doubts = doubts + CASE state WHEN 'sending' THEN 1 ELSE 0 END,
                state = 'sending', attempts = attempts + 1, lease = CAST(? AS uuid), next_at = now() + CAST(? AS bigint) * interval '1 microsecond'
            WHERE id = CAST(? AS uuid)
            """;

    private static final String CONTENT =
            "SELECT media_type, body FROM nodoubt_intent_content WHERE id = CAST(? AS uuid)";

    private static final String GIVE_BACK = """
            UPDATE nodoubt_intent
            SET state = CASE WHEN doubts > 0 THEN 'in-doubt' ELSE 'waiting' END,
                attempts = attempts - 1, lease = NULL, next_at = now() + CAST(? AS bigint) * interval '1 microsecond'
            WHERE kind = ? AND next_at IS NOT NULL AND state = 'sending' AND lease = CAST(? AS uuid)
            """;

    private static final String COMPLETE = """
            UPDATE nodoubt_intent
            SET state = ?, doubts = ?, last = ?, lease = NULL, next_at = now() + CAST(? AS bigint) * interval '1 microsecond',
                ended_at = CASE WHEN ? THEN now() END
            WHERE id = CAST(? AS uuid) AND state = 'sending' AND lease = CAST(? AS uuid)
            """;

    private static final String PARK = """
            UPDATE nodoubt_intent
            SET doubts = doubts + CASE state WHEN 'sending' THEN 1 ELSE 0 END,
                last = CASE state WHEN 'sending' THEN 'the attempt ended without a record' ELSE last END,
                state = 'in-doubt', lease = NULL, next_at = NULL
            WHERE kind = ? AND next_at <= now() AND state IN ('sending', 'in-doubt') AND id <> ALL (CAST(string_to_array(?, ',') AS uuid[]))
            """;

    private static final String FIND = """
            SELECT i.kind, i.state, i.attempts, i.doubts, i.last, i.recorded_at, i.next_at, i.ended_at,
                   c.media_type, c.body
            FROM nodoubt_intent i JOIN nodoubt_intent_content c ON c.id = i.id
            WHERE i.id = CAST(? AS uuid) AND i.scope = ?
            """;

    private static final String LOCK = """
            SELECT state, next_at <= now() AS came FROM nodoubt_intent WHERE id = CAST(? AS uuid) AND scope = ? FOR UPDATE
            """;

    private static final String WITHDRAW = """
            UPDATE nodoubt_intent SET state = 'withdrawn', next_at = NULL, ended_at = now() WHERE id = CAST(? AS uuid)
            """;

    private static final String PURGE = """
            WITH old AS (
                SELECT id FROM nodoubt_intent
                WHERE kind = ? AND ended_at <= now() - CAST(? AS bigint) * interval '1 microsecond'
                ORDER BY ended_at LIMIT ? FOR UPDATE SKIP LOCKED)
            DELETE FROM nodoubt_intent i USING old WHERE i.id = old.id
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
