package dev.nodoubt.jdbc;

/** The caller's statements on MariaDB and MySQL. */
final class MariaDbCallSql implements CallSql {

    private static final String NOW = "SELECT utc_timestamp(6)";

    private static final String RECORD = """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last, marks_start, priority%s)
            VALUES (?, ?, 'waiting', 0, false, utc_timestamp(6),
                    utc_timestamp(6) + INTERVAL ? MICROSECOND,
                    utc_timestamp(6) + INTERVAL ? MICROSECOND,
                    ?, ?, ?, ?, ?, ?, '', ?, ?%s)
            """;

    private static final String RECORD_WHOLE = RECORD.formatted(CallSql.REST, CallSql.REST_VALUES);
    private static final String RECORD_BARE = RECORD.formatted("", "");

    // IGNORE makes a duplicate a count of zero, where the driver would log an error.
    private static final String REFER = """
            INSERT IGNORE INTO nodoubt_reference (digest, call_key, recorded_at) VALUES (?, ?, utc_timestamp(6))
            """;

    // A locking read sees what has committed, whatever the transaction's snapshot.
    private static final String REFERRED = "SELECT call_key FROM nodoubt_reference WHERE digest = ? LOCK IN SHARE MODE";

    private static final String TAKE_PLACE = """
            INSERT INTO nodoubt_order (digest, open_calls, sequence, stopped, changed_at)
            VALUES (?, 1, 1, false, utc_timestamp(6))
            ON DUPLICATE KEY UPDATE open_calls = open_calls + 1, sequence = sequence + 1, changed_at = utc_timestamp(6)
            """;

    private static final String ATTEMPT = """
            INSERT IGNORE INTO nodoubt_attempt (call_key, number, incarnation, step, begun_at, took, waited, connected, answered,
                                         classification, status, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String HOLD_OFF = """
            INSERT INTO nodoubt_target (target, held_off_until) VALUES (?, ?)
            ON DUPLICATE KEY UPDATE held_off_until = VALUES(held_off_until)
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
