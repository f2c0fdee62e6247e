package dev.nodoubt.jdbc;

/** The statements on {@code nodoubt_call} and {@code nodoubt_settled}. */
final class CallSql {

    static final String RECORD = """
            INSERT INTO nodoubt_call (key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last)
            VALUES (?, ?, 'waiting', 0, false, statement_timestamp(), statement_timestamp(),
                    statement_timestamp() + ? * interval '1 millisecond', ?, ?, ?, ?, ?, ?, '')
            ON CONFLICT (key) DO NOTHING
            """;

    static final String DUE = """
            SELECT key, state, attempts, cancelled, next_at, deadline_at, target, method, path, media_type, body,
                   body_sha256, last, refusal_status, refusal_headers, refusal_media_type, refusal_body
            FROM nodoubt_call
            WHERE incarnation = ? AND target = ? AND next_at <= clock_timestamp() AND NOT (key = ANY (?))
            ORDER BY next_at
            LIMIT ?
            """;

    static final String CANCELLED = "SELECT key FROM nodoubt_call WHERE incarnation = ? AND cancelled";

    static final String CANCEL = "UPDATE nodoubt_call SET cancelled = true, next_at = clock_timestamp() WHERE key = ?";

    /** Moves rows that their holder still holds to the settled ones, and returns their keys. */
    static final String SETTLE = """
            WITH outcome AS (
                SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::integer[],
                                     ?::smallint[], ?::text[], ?::text[], ?::bytea[])
                    AS o (key, holder, state, why, attempts, reply_status, reply_headers, reply_media_type, reply_body)
            ), gone AS (
                DELETE FROM nodoubt_call c USING outcome o
                WHERE c.key = o.key AND c.incarnation = o.holder
                RETURNING o.*, c.recorded_at, c.target, c.method, c.path
            )
            INSERT INTO nodoubt_settled (key, state, why, attempts, recorded_at, settled_at, target, method, path,
                                         reply_status, reply_headers, reply_media_type, reply_body)
            SELECT key, state, why, attempts, recorded_at, clock_timestamp(), target, method, path,
                   reply_status, reply_headers, reply_media_type, reply_body
            FROM gone
            RETURNING key
            """;

    /** Writes the progress of rows that their holder still holds, and returns their keys. */
    static final String DEFER = """
            UPDATE nodoubt_call c
            SET state = p.state, attempts = p.attempts, next_at = p.next_at, last = p.last,
                refusal_status = p.refusal_status, refusal_headers = p.refusal_headers,
                refusal_media_type = p.refusal_media_type, refusal_body = p.refusal_body
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::integer[], ?::timestamptz[], ?::text[],
                        ?::smallint[], ?::text[], ?::text[], ?::bytea[])
                AS p (key, holder, state, attempts, next_at, last,
                      refusal_status, refusal_headers, refusal_media_type, refusal_body)
            WHERE c.key = p.key AND c.incarnation = p.holder
            RETURNING c.key
            """;

    static final String FIND = """
            SELECT key, target, method, path, state, attempts, last, NULL::text AS why, NULL::timestamptz AS settled_at,
                   NULL::smallint AS reply_status, NULL::text AS reply_headers, NULL::text AS reply_media_type,
                   NULL::bytea AS reply_body
            FROM nodoubt_call WHERE key = ?
            UNION ALL
            SELECT key, target, method, path, state, attempts, '', why, settled_at,
                   reply_status, reply_headers, reply_media_type, reply_body
            FROM nodoubt_settled WHERE key = ?
            """;

    private CallSql() {}
}
