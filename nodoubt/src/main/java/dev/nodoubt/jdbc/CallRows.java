package dev.nodoubt.jdbc;

import dev.nodoubt.Backoff;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.Trace;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Terms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a row says of a call. */
final class CallRows {

    private final Dialect dialect;

    CallRows(Dialect dialect) {
        this.dialect = dialect;
    }

    /** An open call; one whose bytes are not those recorded is never sent, it asks and waits for a person. */
    OpenCall open(ResultSet row) throws SQLException {
        Request request = request(row);
        byte[] body = request.payload().bytes();
        CallState state = CallState.ofWord(row.getString("state"));
        Trace trace = Trace.ofText(row.getString("trace")).orElse(null);
        boolean sendable = state == CallState.WAITING || state == CallState.IN_DOUBT;
        if (sendable && !Arrays.equals(Digest.sha256(body), row.getBytes("body_sha256"))) {
            Progress damaged = progress(row, CallState.UNRESOLVED, CallStore.DAMAGED);
            return new OpenCall(key(row), request, terms(row), damaged, null, trace);
        }
        OpenCall.Known known = state == CallState.HANDLING ? known(row) : null;
        Progress progress = progress(row, state, row.getString("last"));
        return new OpenCall(key(row), request, terms(row), progress, known, trace);
    }

    private static OpenCall.Known known(ResultSet row) throws SQLException {
        Outcome outcome = outcome(CallState.ofWord(row.getString("known_state")), row, "known_");
        return new OpenCall.Known(outcome, row.getInt("known_failures"));
    }

    static Request request(ResultSet row) throws SQLException {
        return new Request(
                row.getString("target"),
                row.getString("method"),
                row.getString("path"),
                Payload.of(row.getBytes("body"), row.getString("media_type")));
    }

    private Progress progress(ResultSet row, CallState state, String last) throws SQLException {
        return new Progress(
                state,
                row.getInt("attempts"),
                instant(row, "next_at"),
                instant(row, "deadline_at"),
                givingUp(row),
                last,
                state == CallState.WAITING ? null : doubt(row));
    }

    private @Nullable Doubt doubt(ResultSet row) throws SQLException {
        Instant since = dialect.time(row, "doubt_since");
        if (since == null && row.getString("state").equals(CallState.HANDLING.word())) {
            return null; // it ended without ever having been in doubt
        }
        return new Doubt(
                since == null ? instant(row, "recorded_at") : since,
                row.getInt("resolutions"),
                row.getBoolean("ungated"));
    }

    private static Progress.@Nullable GivingUp givingUp(ResultSet row) throws SQLException {
        Reply refusal = ReplyColumns.read(row, "refusal_");
        return refusal == null && !row.getBoolean("cancelled") ? null : new Progress.GivingUp(refusal);
    }

    private static Terms terms(ResultSet row) throws SQLException {
        long first = row.getLong("backoff_first");
        Backoff backoff = row.wasNull()
                ? null
                : new Backoff(
                        Duration.ofNanos(first),
                        Duration.ofNanos(row.getLong("backoff_cap")),
                        row.getDouble("backoff_jitter"));
        return new Terms(labels(row), backoff, row.getBoolean("marks_start"));
    }

    static Call.Labels labels(ResultSet row) throws SQLException {
        String tags = row.getString("tags");
        return new Call.Labels(
                row.getString("business_key"),
                row.getString("order_key"),
                row.getInt("priority"),
                tags == null ? Set.of() : Set.of(tags.split(" ")),
                row.getString("reference"),
                row.getString("handler"));
    }

    /** A row of either table, without the request's bytes. */
    RecordedCall recorded(ResultSet row) throws SQLException {
        CallState state = CallState.ofWord(row.getString("state"));
        boolean ended = state.isFinal();
        RecordedCall.Standing standing = new RecordedCall.Standing(
                state,
                row.getInt("attempts"),
                ended ? "" : row.getString("last"),
                instant(row, "recorded_at"),
                ended ? null : instant(row, "next_at"));
        return new RecordedCall(
                key(row),
                row.getString("target"),
                row.getString("method") + " " + row.getString("path"),
                labels(row),
                standing,
                ended
                        ? new RecordedCall.Settled(
                                outcome(state, row, "reply_"), instant(row, "settled_at"), row.getString("evidence"))
                        : null);
    }

    private static Outcome outcome(CallState state, ResultSet row, String prefix) throws SQLException {
        Reply reply = ReplyColumns.read(row, prefix);
        if (state == CallState.NEVER) {
            String why = prefix.equals("known_") ? "known_why" : "why";
            return new Outcome.Never(Outcome.Why.valueOf(row.getString(why)), reply);
        }
        if (reply == null) {
            throw new SQLException("call " + key(row) + " is " + state.word() + " and has no reply");
        }
        return state == CallState.EXECUTED ? new Outcome.Executed(reply) : new Outcome.Rejected(reply);
    }

    static IdempotencyKey key(ResultSet row) throws SQLException {
        Object key = row.getObject("call_key");
        return key instanceof UUID uuid ? IdempotencyKey.of(uuid) : IdempotencyKey.of(key.toString());
    }

    Instant instant(ResultSet row, String column) throws SQLException {
        Instant time = dialect.time(row, column);
        if (time == null) {
            throw new SQLException("call " + key(row) + " has no " + column);
        }
        return time;
    }
}
