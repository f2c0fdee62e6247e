package dev.nodoubt.jdbc;

/** The caller's statements on H2. Its MERGE fails on what another transaction has just inserted: then it is repeated. */
final class H2CallSql implements CallSql {

    private static final String NOW = "SELECT current_timestamp";

    private static final String RECORD = """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last, marks_start, priority%s)
            VALUES (?, ?, 'waiting', 0, false, current_timestamp,
                    DATEADD(MICROSECOND, CAST(? AS bigint), current_timestamp),
                    DATEADD(MICROSECOND, CAST(? AS bigint), current_timestamp),
                    ?, ?, ?, ?, ?, ?, '', ?, ?%s)
            """;

    private static final String RECORD_WHOLE = RECORD.formatted(CallSql.REST, CallSql.REST_VALUES);
    private static final String RECORD_BARE = RECORD.formatted("", "");

    private static final String REFER =
            "INSERT INTO nodoubt_reference (digest, call_key, recorded_at) VALUES (?, ?, current_timestamp)";

    // A locking read sees what has committed, whatever the transaction's snapshot.
    private static final String REFERRED = "SELECT call_key FROM nodoubt_reference WHERE digest = ? FOR UPDATE";

    private static final String TAKE_PLACE = """
            MERGE INTO nodoubt_order o USING (SELECT CAST(? AS varbinary(32)) AS digest) n ON o.digest = n.digest
            WHEN MATCHED THEN UPDATE
                SET open_calls = o.open_calls + 1, sequence = o.sequence + 1, changed_at = current_timestamp
            WHEN NOT MATCHED THEN INSERT (digest, open_calls, sequence, stopped, changed_at)
                VALUES (n.digest, 1, 1, false, current_timestamp)
            """;

    private static final String ATTEMPT = """
            MERGE INTO nodoubt_attempt (call_key, number, incarnation, step, begun_at, took, waited, connected, answered,
                                        classification, status, reason)
            KEY (call_key, number, incarnation)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String HOLD_OFF =
            "MERGE INTO nodoubt_target (target, held_off_until) KEY (target) VALUES (?, ?)";

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
