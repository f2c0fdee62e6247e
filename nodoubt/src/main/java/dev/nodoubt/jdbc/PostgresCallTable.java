package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.Postponement;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.Settlement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A holder's writes on PostgreSQL: one statement for all rows, which it takes as an array a column.
 *
 * <p>Each row is looked up by its key. The conditions are written so that no other way is open: with plain equalities a
 * plan that was made while the table had one row walks an index through all dead ones, and joins.
 */
final class PostgresCallTable implements CallTable {

    private static final String SETTLE = """
            WITH outcome AS (
                SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::integer[],
                                     ?::smallint[], ?::text[], ?::text[], ?::bytea[])
                    AS o (key, holder, state, why, attempts, reply_status, reply_headers, reply_media_type, reply_body)
            ), gone AS (
                DELETE FROM nodoubt_call c USING outcome o
                WHERE c.call_key = ANY (ARRAY[o.key]) AND c.incarnation + 0 = o.holder
                RETURNING o.*, c.recorded_at, c.target, c.method, c.path, c.priority, c.handler, c.reference, c.tags,
                          c.business_key, c.order_key, c.order_digest, c.order_sequence
            ), settled AS (
                INSERT INTO nodoubt_settled (call_key, state, why, attempts, recorded_at, settled_at, target, method, path,
                                             reply_status, reply_headers, reply_media_type, reply_body, priority, handler,
                                             reference, tags, business_key, order_key, evidence)
                SELECT key, state, why, attempts, recorded_at, clock_timestamp(), target, method, path,
                       reply_status, reply_headers, reply_media_type, reply_body, priority, handler,
                       reference, tags, business_key, order_key, ?
                FROM gone
            )
            SELECT key AS call_key, holder AS incarnation, target, state, order_digest, order_sequence FROM gone
            """;

    private static final String DEFER = """
            UPDATE nodoubt_call c
            SET state = p.state, attempts = p.attempts, next_at = p.next_at, last = p.last, doubt_since = p.doubt_since,
                resolutions = p.resolutions, ungated = p.ungated,
                refusal_status = p.refusal_status, refusal_headers = p.refusal_headers,
                refusal_media_type = p.refusal_media_type, refusal_body = p.refusal_body
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::integer[], ?::timestamptz[], ?::text[], ?::timestamptz[],
                        ?::integer[], ?::boolean[], ?::smallint[], ?::text[], ?::text[], ?::bytea[])
                AS p (key, holder, state, attempts, next_at, last, doubt_since, resolutions, ungated,
                      refusal_status, refusal_headers, refusal_media_type, refusal_body)
            WHERE c.call_key = ANY (ARRAY[p.key]) AND c.incarnation + 0 = p.holder
            RETURNING c.call_key, c.incarnation, c.target, c.state, c.order_digest, c.order_sequence
            """;

    private static final String BEGIN = DEFER.replace("RETURNING", "AND NOT c.cancelled RETURNING");

    private static final String POSTPONE = """
            UPDATE nodoubt_call c
            SET state = 'handling', attempts = p.attempts, next_at = p.next_at, last = p.last,
                known_state = p.known_state, known_why = p.known_why, known_failures = p.failures,
                known_status = p.known_status,
                known_headers = p.known_headers, known_media_type = p.known_media_type, known_body = p.known_body
            FROM unnest(?::uuid[], ?::bigint[], ?::integer[], ?::integer[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
                        ?::smallint[], ?::text[], ?::text[], ?::bytea[])
                AS p (key, holder, attempts, failures, next_at, last, known_state, known_why,
                      known_status, known_headers, known_media_type, known_body)
            WHERE c.call_key = ANY (ARRAY[p.key]) AND c.incarnation + 0 = p.holder
            RETURNING c.call_key, c.incarnation, c.target, c.state, c.order_digest, c.order_sequence
            """;

    @Override
    public List<Written> settle(CallSession session, List<Settlement> rows, @Nullable String evidence)
            throws SQLException {
        try (PreparedStatement settle = session.prepare(SETTLE)) {
            ArrayBinder<Settlement> arrays = new ArrayBinder<>(settle, rows)
                    .keys(Settlement::key)
                    .column("bigint", Long[]::new, Settlement::holder)
                    .column(
                            "text",
                            String[]::new,
                            s -> OutcomeColumns.of(s.outcome()).state().word())
                    .column(
                            "text",
                            String[]::new,
                            s -> OutcomeColumns.of(s.outcome()).why())
                    .column("integer", Integer[]::new, Settlement::attempts);
            settle.setString(arrays.reply(s -> OutcomeColumns.of(s.outcome()).reply()), evidence);
            return written(settle);
        }
    }

    @Override
    public List<Written> defer(CallSession session, List<Deferral> rows) throws SQLException {
        return defer(session, DEFER, rows);
    }

    @Override
    public List<Written> begin(CallSession session, List<Deferral> rows) throws SQLException {
        return defer(session, BEGIN, rows);
    }

    private static List<Written> defer(CallSession session, String sql, List<Deferral> rows) throws SQLException {
        try (PreparedStatement defer = session.prepare(sql)) {
            new ArrayBinder<>(defer, rows)
                    .keys(Deferral::key)
                    .column("bigint", Long[]::new, Deferral::holder)
                    .column("text", String[]::new, d -> d.progress().state().word())
                    .column("integer", Integer[]::new, d -> d.progress().attempts())
                    .column("timestamptz", String[]::new, d -> text(d.progress().dueAt()))
                    .column("text", String[]::new, d -> d.progress().last())
                    .column(
                            "timestamptz",
                            String[]::new,
                            d -> since(d.progress().doubt()))
                    .column("integer", Integer[]::new, d -> resolutions(d.progress()))
                    .column("boolean", Boolean[]::new, d -> ungated(d.progress()))
                    .reply(d -> refusal(d.progress()));
            return written(defer);
        }
    }

    @Override
    public List<Written> postpone(CallSession session, List<Postponement> rows) throws SQLException {
        try (PreparedStatement postpone = session.prepare(POSTPONE)) {
            new ArrayBinder<>(postpone, rows)
                    .keys(p -> p.settlement().key())
                    .column("bigint", Long[]::new, p -> p.settlement().holder())
                    .column("integer", Integer[]::new, p -> p.settlement().attempts())
                    .column("integer", Integer[]::new, Postponement::failures)
                    .column("timestamptz", String[]::new, p -> text(p.dueAt()))
                    .column("text", String[]::new, Postponement::last)
                    .column("text", String[]::new, p -> outcome(p).state().word())
                    .column("text", String[]::new, p -> outcome(p).why())
                    .reply(p -> outcome(p).reply());
            return written(postpone);
        }
    }

    private static OutcomeColumns outcome(Postponement row) {
        return OutcomeColumns.of(row.settlement().outcome());
    }

    private static String text(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toString();
    }

    private static @Nullable String since(@Nullable Doubt doubt) {
        return doubt == null ? null : text(doubt.since());
    }

    static int resolutions(Progress progress) {
        return progress.doubt() == null ? 0 : progress.doubt().resolutions();
    }

    static boolean ungated(Progress progress) {
        return progress.doubt() != null && progress.doubt().ungated();
    }

    static @Nullable Reply refusal(Progress progress) {
        return progress.givingUp() == null ? null : progress.givingUp().refusal();
    }

    private static List<Written> written(PreparedStatement statement) throws SQLException {
        List<Written> written = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                written.add(Written.of(rows, CallState.ofWord(rows.getString("state"))));
            }
        }
        return written;
    }
}
