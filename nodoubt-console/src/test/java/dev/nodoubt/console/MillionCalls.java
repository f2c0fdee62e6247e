package dev.nodoubt.console;

import org.springframework.jdbc.core.JdbcTemplate;

/** Fills the tables of PostgreSQL: nine of ten calls are settled, the others open and held by a node that never acts. */
final class MillionCalls {

    private static final String KEY = """
            (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n * 2000), 12, '0')
                || '7' || lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid""";

    private static final String NODE = """
            INSERT INTO nodoubt_node (incarnation, node, joined_at, lease_until) OVERRIDING SYSTEM VALUE
            VALUES (1000000, 'idle', now(), now() + interval '30 days')
            """;

    private static final String SETTLED = """
            INSERT INTO nodoubt_settled (call_key, state, why, attempts, recorded_at, settled_at, target, method, path,
                reply_status, reply_headers, reply_media_type, reply_body, reference)
            SELECT %s, CASE n %% 20 WHEN 0 THEN 'rejected' WHEN 1 THEN 'never' ELSE 'executed' END,
                CASE n %% 20 WHEN 1 THEN 'FENCED' END, 1 + n %% 7, now() - n * interval '2 s',
                now() - n * interval '2 s' + interval '80 ms', CASE n %% 3 WHEN 0 THEN 'bank' ELSE 'mail' END, 'POST',
                '/mails', CASE n %% 20 WHEN 0 THEN 422 WHEN 1 THEN NULL ELSE 200 END,
                CASE n %% 20 WHEN 1 THEN NULL ELSE '' END, 'application/json',
                CASE n %% 20 WHEN 1 THEN NULL ELSE '{"mail":"sent"}'::bytea END, 'transfer-' || n
            FROM generate_series(1, ?) AS n WHERE n %% 10 <> 0
            """.formatted(KEY);

    private static final String OPEN = """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                target, method, path, media_type, body, body_sha256, last, doubt_since, reference, tags)
            SELECT %s, 1000000, CASE WHEN n %% 100 < 60 THEN 'waiting' WHEN n %% 100 < 90 THEN 'in-doubt' ELSE 'unresolved' END,
                n %% 9, false, now() - n * interval '2 s', now() + interval '1 day', now() + interval '3 days',
                CASE n %% 3 WHEN 0 THEN 'bank' ELSE 'mail' END, 'POST', '/mails/' || n %% 50, 'application/json',
                convert_to('{}', 'UTF8'), sha256(convert_to('{}', 'UTF8')), 'no answer within ' || 1000 + n %% 2000 || ' ms',
                CASE WHEN n %% 100 < 60 THEN NULL ELSE now() - n * interval '2 s' END, 'transfer-' || n, 'open'
            FROM generate_series(10, ?, 10) AS n
            """.formatted(KEY);

    private static final String TAGS = """
            INSERT INTO nodoubt_tag (tag, call_key)
            SELECT 'open', call_key FROM nodoubt_call
            UNION ALL SELECT 'eu', call_key FROM nodoubt_call WHERE attempts = 3
            UNION ALL SELECT 'eu', call_key FROM nodoubt_settled WHERE attempts = 3
            UNION ALL SELECT 'few', call_key FROM nodoubt_settled WHERE reference LIKE '%00007'
            """;

    private static final String ATTEMPTS = """
            INSERT INTO nodoubt_attempt (call_key, number, incarnation, step, begun_at, took, classification, reason)
            SELECT call_key, number, 1000000, 'EXECUTE', recorded_at + number * interval '3 s', 3000000, 'lost', 'no answer'
            FROM nodoubt_call, generate_series(1, 4) AS number
            """;

    private static final String AUDIT = """
            INSERT INTO nodoubt_audit (done_at, actor, action, target, reason)
            SELECT now() - n * interval '1 min', 'operator-' || n %% 20, 'pause', 'mail', 'maintenance'
            FROM generate_series(1, ? / 10) AS n
            """.replace("%%", "%");

    private static final String GATE = """
            INSERT INTO nodoubt_gate (key_time, recorded_at, state, scope, idempotency_key, status, fingerprint_version,
                fingerprint, operation, headers, media_type, body)
            SELECT now() - n * interval '2 s', now() - n * interval '2 s', 'EXECUTED', 'caller-' || n %% 5, (%s)::text, 200, 1,
                sha256('x'), 'POST /mails', '', 'application/json', '{}'::bytea
            FROM generate_series(1, ?) AS n
            """.formatted(KEY);

    private MillionCalls() {}

    /** @param rows calls, and as many keys at the gate */
    static void fill(JdbcTemplate jdbc, int rows) {
        jdbc.update(NODE);
        jdbc.update(SETTLED, rows);
        jdbc.update(OPEN, rows);
        jdbc.update(TAGS);
        jdbc.update(ATTEMPTS);
        jdbc.update(AUDIT, rows);
        jdbc.update(GATE, rows);
        jdbc.execute("VACUUM ANALYZE");
    }
}
