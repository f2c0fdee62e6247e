package dev.nodoubt.jdbc;

/** The caller's statements on PostgreSQL. */
final class PostgresCallSql implements CallSql {

    private static final String NOW = "SELECT clock_timestamp()";

    /**
     * Looks for the key first: {@code ON CONFLICT} would cost half as much again, for a key that nobody uses twice. Of two
     * transactions that record one key at once the second fails.
     */
    private static final String RECORD = """
            WITH born AS (SELECT ?::uuid AS key)
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last, marks_start, priority,
                                      backoff_first, backoff_cap, backoff_jitter, handler, reference, tags, business_key,
                                      order_key, order_digest, order_sequence, trace)
            SELECT born.key, ?, 'waiting', 0, false, statement_timestamp(),
                   statement_timestamp() + ? * interval '1 microsecond',
                   statement_timestamp() + ? * interval '1 microsecond',
                   ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
            FROM born
            WHERE NOT EXISTS (SELECT 1 FROM nodoubt_call c WHERE c.call_key = born.key)
            """;

    private static final String REFER = """
            INSERT INTO nodoubt_reference (digest, call_key, recorded_at) VALUES (?, ?, statement_timestamp())
            ON CONFLICT (digest) DO NOTHING
            """;

    private static final String REFERRED = "SELECT call_key FROM nodoubt_reference WHERE digest = ?";

    private static final String TAKE_PLACE = """
            INSERT INTO nodoubt_order AS o (digest, open_calls, sequence, stopped, changed_at)
            VALUES (?, 1, 1, false, statement_timestamp())
            ON CONFLICT (digest) DO UPDATE
            SET open_calls = o.open_calls + 1, sequence = o.sequence + 1, changed_at = statement_timestamp()
            """;

    private static final String ATTEMPT = """
            INSERT INTO nodoubt_attempt (call_key, number, incarnation, step, begun_at, took, waited, connected, answered,
                                         classification, status, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (call_key, number, incarnation) DO NOTHING
            """;

    private static final String HOLD_OFF = """
            INSERT INTO nodoubt_target (target, held_off_until) VALUES (?, ?)
            ON CONFLICT (target) DO UPDATE SET held_off_until = excluded.held_off_until
            """;

    @Override
    public String now() {
        return NOW;
    }

    @Override
    public String record() {
        return RECORD;
    }

    @Override
    public String refer() {
        return REFER;
    }

    @Override
    public String referred() {
        return REFERRED;
    }

    @Override
    public String takePlace() {
        return TAKE_PLACE;
    }

    @Override
    public String attempt() {
        return ATTEMPT;
    }

    @Override
    public String holdOff() {
        return HOLD_OFF;
    }
}
