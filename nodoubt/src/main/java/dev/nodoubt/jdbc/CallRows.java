package dev.nodoubt.jdbc;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Deferral;
import dev.nodoubt.call.Doubt;
import dev.nodoubt.call.OpenCall;
import dev.nodoubt.call.Progress;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Settlement;
import dev.nodoubt.call.Terms;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a call looks as a row, in both directions. */
final class CallRows {

    private CallRows() {}

    static void bindNew(PreparedStatement insert, OpenCall call, Duration deadline, long holder) throws SQLException {
        Request request = call.request();
        byte[] body = request.payload().bytes();
        insert.setObject(1, JdbcCallStore.uuid(call.key()));
        insert.setLong(2, holder);
        insert.setLong(3, deadline.toMillis());
        insert.setString(4, request.target());
        insert.setString(5, request.method());
        insert.setString(6, request.path());
        insert.setString(7, request.payload().mediaType());
        insert.setBytes(8, body);
        insert.setBytes(9, Digest.sha256(body));
    }

    /** An open call; one whose bytes are not those recorded is never sent, it asks and waits for a person. */
    static OpenCall open(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("body");
        boolean intact = Arrays.equals(Digest.sha256(body), row.getBytes("body_sha256"));
        Request request = new Request(
                row.getString("target"),
                row.getString("method"),
                row.getString("path"),
                Payload.of(body, row.getString("media_type")));
        CallState state = intact ? CallState.ofWord(row.getString("state")) : CallState.UNRESOLVED;
        Doubt doubt = state == CallState.WAITING ? null : new Doubt(instant(row, "next_at"), 0, false);
        Progress progress = new Progress(
                state,
                row.getInt("attempts"),
                instant(row, "next_at"),
                instant(row, "deadline_at"),
                givingUp(row),
                intact ? row.getString("last") : "the recorded bytes do not match their SHA-256",
                doubt);
        return new OpenCall(key(row), request, new Terms(Call.Labels.NONE, null, false), progress, null);
    }

    private static Progress.@Nullable GivingUp givingUp(ResultSet row) throws SQLException {
        Reply refusal = ReplyColumns.read(row, "refusal_");
        return refusal == null && !row.getBoolean("cancelled") ? null : new Progress.GivingUp(refusal);
    }

    static RecordedCall recorded(ResultSet row) throws SQLException {
        CallState state = CallState.ofWord(row.getString("state"));
        return new RecordedCall(
                key(row),
                row.getString("target"),
                row.getString("method") + " " + row.getString("path"),
                Call.Labels.NONE,
                new RecordedCall.Standing(state, row.getInt("attempts"), row.getString("last"), Instant.EPOCH, null),
                state.isFinal()
                        ? new RecordedCall.Settled(outcome(state, row), instant(row, "settled_at"), null)
                        : null);
    }

    private static Outcome outcome(CallState state, ResultSet row) throws SQLException {
        Reply reply = ReplyColumns.read(row, "reply_");
        if (state == CallState.NEVER) {
            return new Outcome.Never(Outcome.Why.valueOf(row.getString("why")), reply);
        }
        if (reply == null) {
            throw new SQLException("settled call " + key(row) + " is " + state + " and has no reply");
        }
        return state == CallState.EXECUTED ? new Outcome.Executed(reply) : new Outcome.Rejected(reply);
    }

    static void bindSettlements(PreparedStatement settle, List<Settlement> rows) throws SQLException {
        new ArrayBinder<>(settle, rows)
                .column("uuid", s -> JdbcCallStore.uuid(s.key()))
                .column("bigint", Settlement::holder)
                .column("text", s -> state(s.outcome()).word())
                .column(
                        "text",
                        s -> s.outcome() instanceof Outcome.Never n ? n.why().name() : null)
                .column("integer", Settlement::attempts)
                .reply(s -> reply(s.outcome()));
    }

    static void bindDeferrals(PreparedStatement defer, List<Deferral> rows) throws SQLException {
        new ArrayBinder<>(defer, rows)
                .column("uuid", d -> JdbcCallStore.uuid(d.key()))
                .column("bigint", Deferral::holder)
                .column("text", d -> d.progress().state().word())
                .column("integer", d -> d.progress().attempts())
                .column(
                        "timestamptz",
                        d -> d.progress().dueAt().atOffset(ZoneOffset.UTC).toString())
                .column("text", d -> d.progress().last())
                .reply(d -> d.progress().givingUp() == null
                        ? null
                        : d.progress().givingUp().refusal());
    }

    private static CallState state(Outcome outcome) {
        if (outcome instanceof Outcome.Executed) {
            return CallState.EXECUTED;
        }
        return outcome instanceof Outcome.Rejected ? CallState.REJECTED : CallState.NEVER;
    }

    private static @Nullable Reply reply(Outcome outcome) {
        if (outcome instanceof Outcome.Executed executed) {
            return executed.reply();
        }
        return outcome instanceof Outcome.Rejected rejected ? rejected.reply() : ((Outcome.Never) outcome).refusal();
    }

    private static IdempotencyKey key(ResultSet row) throws SQLException {
        return IdempotencyKey.of(row.getObject("key", UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
