package dev.nodoubt.jdbc;

import dev.nodoubt.Reply;
import dev.nodoubt.gate.Fingerprint;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Objects;

/** A gate's row as columns, and back. */
final class GateRows {

    private GateRows() {}

    static GateRow read(ResultSet row, Dialect dialect) throws SQLException {
        String state = row.getString("state");
        Instant keyTime = dialect.time(row, row.findColumn("key_time"));
        Instant at = Objects.requireNonNull(dialect.time(row, row.findColumn("recorded_at")), "recorded_at");
        if (state.equals("FENCED")) {
            return new GateRow.Fenced(keyTime, at, Objects.requireNonNullElse(row.getString("reason"), ""));
        }
        Fingerprint fingerprint = Fingerprint.stored(row.getInt("fingerprint_version"), row.getBytes("fingerprint"));
        String operation = row.getString("operation");
        Reply reply = ReplyColumns.read(row, "");
        return switch (state) {
            case "EXECUTED" -> new GateRow.Executed(fingerprint, operation, keyTime, at, reply);
            case "REJECTED" ->
                new GateRow.Rejected(
                        fingerprint, operation, keyTime, at, Objects.requireNonNull(reply, "reply of a rejection"));
            default ->
                throw new SQLException("nodoubt_gate holds the state " + state + ", which this version does not know");
        };
    }

    /**
     * Binds scope, idempotency_key, key_time, state, recorded_at, fingerprint_version, fingerprint, operation, reason and
     * the reply's four columns.
     */
    static void bind(GateKey key, GateRow row, PreparedStatement insert, int first, Dialect dialect)
            throws SQLException {
        insert.setString(first, key.scope());
        insert.setString(first + 1, key.key().value());
        dialect.bind(insert, first + 2, row.keyTime());
        dialect.bind(insert, first + 4, row.at());
        if (row instanceof GateRow.Executed executed) {
            insert.setString(first + 3, "EXECUTED");
            bindRequest(executed.fingerprint(), executed.operation(), insert, first);
            ReplyColumns.of(executed.reply()).bind(insert, first + 9);
        } else if (row instanceof GateRow.Rejected rejected) {
            insert.setString(first + 3, "REJECTED");
            bindRequest(rejected.fingerprint(), rejected.operation(), insert, first);
            ReplyColumns.of(rejected.reply()).bind(insert, first + 9);
        } else if (row instanceof GateRow.Fenced fenced) {
            insert.setString(first + 3, "FENCED");
            insert.setNull(first + 5, Types.SMALLINT);
            insert.setNull(first + 6, Types.BINARY);
            insert.setNull(first + 7, Types.VARCHAR);
            insert.setString(first + 8, fenced.reason());
            ReplyColumns.of(null).bind(insert, first + 9);
        }
    }

    private static void bindRequest(Fingerprint fingerprint, String operation, PreparedStatement insert, int first)
            throws SQLException {
        insert.setInt(first + 5, fingerprint.version());
        insert.setBytes(first + 6, fingerprint.hash());
        insert.setString(first + 7, operation);
        insert.setNull(first + 8, Types.VARCHAR);
    }
}
