package dev.nodoubt.jdbc;

/** The caller's statements on PostgreSQL. */
final class PostgresCallSql implements CallSql {

    private static final String NOW = "SELECT clock_timestamp()";

    /**
     * Does not look whether the key is there: {@code ON CONFLICT} costs 2 µs and 48 bytes of log, and a plan of the look that was
     * made when the table was empty reads all dead rows. A key that is used twice fails the transaction.
     */
    private static final String RECORD = """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last, marks_start, priority%s)
            VALUES (?, ?, 'waiting', 0, false, statement_timestamp(),
                    statement_timestamp() + ? * interval '1 microsecond',
                    statement_timestamp() + ? * interval '1 microsecond',
                    ?, ?, ?, ?, ?, ?, '', ?, ?%s)
            """;

    private static final String RECORD_WHOLE = RECORD.formatted(CallSql.REST, CallSql.REST_VALUES);
    private static final String RECORD_BARE = RECORD.formatted("", "");

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
    public String record(boolean bare) {
        return bare ? RECORD_BARE : RECORD_WHOLE;
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
