package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.AttemptRecord;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.call.Step;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code nodoubt_attempt}: evidence. Written again, it stays as it was. */
final class AttemptTable {

    private static final String OF_CALL =
            "SELECT * FROM nodoubt_attempt WHERE call_key = ? ORDER BY number, begun_at, incarnation";

    void write(CallSession session, List<AttemptRecord> attempts) throws SQLException {
        if (attempts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = session.prepare(session.sql().attempt())) {
            for (AttemptRecord attempt : attempts) {
                bind(session, insert, attempt);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(CallSession session, PreparedStatement insert, AttemptRecord attempt) throws SQLException {
        Crossing.Phases phases = attempt.phases();
        session.dialect().bind(insert, 1, attempt.key());
        insert.setInt(2, attempt.number());
        insert.setLong(3, attempt.incarnation());
        insert.setString(4, attempt.step().name());
        session.dialect().bind(insert, 5, attempt.begunAt());
        insert.setLong(6, micros(attempt.took()));
        insert.setObject(7, phases == null ? null : micros(phases.waited()), Types.BIGINT);
        insert.setObject(8, phases == null ? null : micros(phases.connected()), Types.BIGINT);
        insert.setObject(9, phases == null ? null : micros(phases.answered()), Types.BIGINT);
        insert.setString(10, attempt.learnt().classification());
        insert.setObject(11, attempt.learnt().status(), Types.INTEGER);
        insert.setString(12, attempt.learnt().reason());
    }

    List<AttemptRecord> of(CallSession session, IdempotencyKey key) throws SQLException {
        try (PreparedStatement select = session.prepare(OF_CALL)) {
            session.dialect().bind(select, 1, key);
            List<AttemptRecord> attempts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    attempts.add(read(session, rows));
                }
            }
            return attempts;
        }
    }

    private static AttemptRecord read(CallSession session, ResultSet row) throws SQLException {
        Instant begunAt = session.dialect().time(row, "begun_at");
        int status = row.getInt("status");
        Integer known = row.wasNull() ? null : status;
        return new AttemptRecord(
                CallRows.key(row),
                row.getInt("number"),
                Step.valueOf(row.getString("step")),
                row.getLong("incarnation"),
                begunAt == null ? Instant.EPOCH : begunAt,
                duration(row, "took"),
                phases(row),
                new AttemptRecord.Learnt(row.getString("classification"), known, row.getString("reason")));
    }

    private static Crossing.@Nullable Phases phases(ResultSet row) throws SQLException {
        row.getLong("waited");
        return row.wasNull()
                ? null
                : new Crossing.Phases(duration(row, "waited"), duration(row, "connected"), duration(row, "answered"));
    }

    private static Duration duration(ResultSet row, String column) throws SQLException {
        return Duration.of(row.getLong(column), ChronoUnit.MICROS);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
