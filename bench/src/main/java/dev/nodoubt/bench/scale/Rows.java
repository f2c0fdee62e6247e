package dev.nodoubt.bench.scale;

import dev.nodoubt.bench.delivery.peer.NoDoubt;
import dev.nodoubt.bench.measure.BenchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills nodoubt's tables; with version 7 keys, as their calls would have. Vacuumed, or autovacuum would do it later. */
final class Rows {

    private static final String KEY = """
            (WITH t AS (SELECT lpad(to_hex((extract(epoch FROM %s) * 1000)::bigint), 12, '0') AS ms)
             SELECT (left(ms, 8) || '-' || right(ms, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid FROM t)
            """;

    /** Every hundredth has an order, every thousandth was never executed. */
    private static final String SETTLED = """
            INSERT INTO nodoubt_settled (call_key, state, why, attempts, recorded_at, settled_at, target, method, path,
                                         reply_status, reply_headers, reply_media_type, reply_body, reference, order_key)
            SELECT %1$s, CASE WHEN n %% 1000 = 0 THEN 'never' ELSE 'executed' END,
                   CASE WHEN n %% 1000 = 0 THEN 'FENCED' END, 1, %2$s, %2$s,
                   CASE WHEN n %% 10000 = 0 THEN 'rare' ELSE 'mail' END, 'POST', '/', 200, '', 'application/json',
                   '{"accepted":true}'::bytea, 'order ' || n, CASE WHEN n %% 100 = 0 THEN 'account ' || n END
            FROM generate_series(1, %3$d) AS s(n)
            """;

    private static final String PENDING = """
            INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at, deadline_at,
                                      target, method, path, media_type, body, body_sha256, last)
            SELECT %s, %d, 'waiting', %s, false, now(), %s, now() + interval '2 days', '%s', 'POST', '/',
                   'application/json', repeat('x', 200)::bytea, sha256(repeat('x', 200)::bytea), ''
            FROM generate_series(1, %d) AS s(n)
            """;

    private static final String FAILURES = """
            SELECT count(*), step || ' ' || classification || ': ' || left(reason, 120) FROM nodoubt_attempt
            WHERE classification IN ('lost', 'not-sent') GROUP BY 2 ORDER BY 1 DESC LIMIT 10
            """;

    private final BenchDatabase database;

    Rows(BenchDatabase database) {
        this.database = database;
    }

    /** Thirty days of settled calls, or as many days that are past their retention. */
    void settled(int count, boolean expired) throws SQLException {
        String age = expired ? "interval '31 days' + " : "";
        String time = "(now() - (%s(%d - n) * (interval '29 days' / %2$d)))".formatted(age, count);
        database.execute(SETTLED.formatted(KEY.formatted(time), time, count), "VACUUM ANALYZE nodoubt_settled");
    }

    /** Calls of the target that is called, which are due in half a day. */
    void later(int count, long holder) throws SQLException {
        pending(count, holder, NoDoubt.TARGET, "now() + interval '12 hours'");
    }

    /** Calls of a target that cannot be reached, due since an hour. */
    void paused(int count, long holder) throws SQLException {
        pending(count, holder, NoDoubt.PAUSED, "now() - interval '1 hour' + n * interval '1 millisecond'");
    }

    private void pending(int count, long holder, String target, String nextAt) throws SQLException {
        String key = KEY.formatted("(now() - interval '1 hour')");
        database.execute(
                PENDING.formatted(key, holder, target.equals(NoDoubt.TARGET) ? "1" : "0", nextAt, target, count),
                "VACUUM ANALYZE nodoubt_call");
    }

    /** The node that has joined last; 0: none. */
    long incarnation() throws SQLException {
        return (long) database.inside("SELECT coalesce(max(incarnation), 0) FROM nodoubt_node");
    }

    /** How attempts failed, and how often: a healthy target refuses nobody. */
    String failures() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = database.connect();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(FAILURES)) {
            while (row.next()) {
                text.append(row.getLong(1))
                        .append(" attempts failed: ")
                        .append(row.getString(2))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Calls that should have been settled. */
    int left() throws SQLException {
        return (int) database.inside("SELECT count(*) FROM nodoubt_call WHERE target = '" + NoDoubt.TARGET
                + "' AND next_at < now() + interval '1 hour'");
    }
}
