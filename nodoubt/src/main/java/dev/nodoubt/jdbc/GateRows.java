package dev.nodoubt.jdbc;

import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.GateRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A gate's row as columns, and back. */
final class GateRows {

    private GateRows() {}

    static GateRow read(ResultSet rows) throws SQLException {
        String state = rows.getString("state");
        Instant at = Objects.requireNonNull(JdbcGateStore.instant(rows, rows.findColumn("recorded_at")), "recorded_at");
        if (state.equals("FENCED")) {
            return new GateRow.Fenced(at, Objects.requireNonNullElse(rows.getString("reason"), ""));
        }
        Fingerprint fingerprint = Fingerprint.stored(rows.getInt("fingerprint_version"), rows.getBytes("fingerprint"));
        String operation = rows.getString("operation");
        Reply reply = readReply(rows);
        return switch (state) {
            case "EXECUTED" -> new GateRow.Executed(fingerprint, operation, at, reply);
            case "REJECTED" ->
                new GateRow.Rejected(fingerprint, operation, at, Objects.requireNonNull(reply, "reply of a rejection"));
            default ->
                throw new SQLException("nodoubt_gate holds the state " + state + ", which this version does not know");
        };
    }

    private static @Nullable Reply readReply(ResultSet rows) throws SQLException {
        int status = rows.getInt("status");
        if (rows.wasNull()) {
            return null;
        }
        byte[] body = rows.getBytes("body");
        String mediaType = Objects.requireNonNullElse(rows.getString("media_type"), "");
        return new Reply(status, headers(rows.getString("headers")), body == null ? null : Payload.of(body, mediaType));
    }

    private static Map<String, String> headers(@Nullable String lines) {
        Map<String, String> headers = new TreeMap<>();
        if (lines != null) {
            lines.lines().forEach(line -> {
                int colon = line.indexOf(": ");
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            });
        }
        return headers;
    }

    /** Binds state, recorded_at, fingerprint_version, fingerprint, operation, reason and the reply's four columns. */
    static void bind(GateRow row, PreparedStatement insert, int from) throws SQLException {
        insert.setObject(from + 1, row.at().atOffset(ZoneOffset.UTC));
        if (row instanceof GateRow.Executed executed) {
            insert.setString(from, "EXECUTED");
            bindRequest(executed.fingerprint(), executed.operation(), insert, from + 2);
            bindReply(executed.reply(), insert, from + 6);
        } else if (row instanceof GateRow.Rejected rejected) {
            insert.setString(from, "REJECTED");
            bindRequest(rejected.fingerprint(), rejected.operation(), insert, from + 2);
            bindReply(rejected.reply(), insert, from + 6);
        } else if (row instanceof GateRow.Fenced fenced) {
            insert.setString(from, "FENCED");
            insert.setNull(from + 2, Types.SMALLINT);
            insert.setNull(from + 3, Types.BINARY);
            insert.setNull(from + 4, Types.VARCHAR);
            insert.setString(from + 5, fenced.reason());
            bindReply(null, insert, from + 6);
        }
    }

    private static void bindRequest(Fingerprint fingerprint, String operation, PreparedStatement insert, int from)
            throws SQLException {
        insert.setInt(from, fingerprint.version());
        insert.setBytes(from + 1, fingerprint.hash());
        insert.setString(from + 2, operation);
        insert.setNull(from + 3, Types.VARCHAR);
    }

    /** Binds status, headers, media_type and body; returns the next index. */
    static int bindReply(@Nullable Reply reply, PreparedStatement statement, int from) throws SQLException {
        Payload body = reply == null ? null : reply.body();
        if (reply == null) {
            statement.setNull(from, Types.SMALLINT);
        } else {
            statement.setInt(from, reply.status());
        }
        statement.setString(from + 1, reply == null || reply.headers().isEmpty() ? null : lines(reply.headers()));
        statement.setString(from + 2, body == null || body.mediaType().isEmpty() ? null : body.mediaType());
        statement.setBytes(from + 3, body == null ? null : body.bytes());
        return from + 4;
    }

    private static String lines(Map<String, String> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }
}
