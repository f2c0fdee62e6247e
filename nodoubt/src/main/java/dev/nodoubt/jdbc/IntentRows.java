package dev.nodoubt.jdbc;

import dev.nodoubt.Payload;
import dev.nodoubt.staged.Claim;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentState;
import dev.nodoubt.staged.IntentStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Reads the rows of intents, as the statements of {@link IntentSql} return them. */
final class IntentRows {

    private IntentRows() {}

    /**
     * A due row as it was read.
     *
     * @param claim makes the claim under a token; fails when the row's values cannot be understood
     */
    record Due(String id, Function<UUID, Claim> claim) {}

    static Due due(String kind, ResultSet row, ResultSet content, IntentSql sql) throws SQLException {
        String id = row.getString("id");
        String scope = row.getString("scope");
        int attempts = row.getInt("attempts") + 1;
        boolean abandoned = IntentState.SENDING.word().equals(row.getString("state"));
        int doubts = row.getInt("doubts") + (abandoned ? 1 : 0);
        Instant recordedAt = Objects.requireNonNull(sql.instant(row, "recorded_at"));
        String mediaType = content.getString("media_type");
        byte[] body = content.getBytes("body");
        return new Due(id, token -> {
            Intent intent = new Intent(UUID.fromString(id), kind, scope, Payload.of(body, mediaType));
            return new Claim(token, intent, recordedAt, attempts, doubts);
        });
    }

    static IntentStatus status(UUID id, String scope, ResultSet row, IntentSql sql) throws SQLException {
        Payload payload = Payload.of(row.getBytes("body"), row.getString("media_type"));
        return new IntentStatus(
                new Intent(id, row.getString("kind"), scope, payload),
                IntentState.of(row.getString("state")),
                row.getInt("attempts"),
                row.getInt("doubts"),
                row.getString("last"),
                new IntentStatus.Times(
                        Objects.requireNonNull(sql.instant(row, "recorded_at")),
                        sql.instant(row, "next_at"),
                        sql.instant(row, "ended_at")));
    }

    /** The state in a locked row; one in sending whose lease ran out is in doubt. */
    static IntentState state(ResultSet row) throws SQLException {
        IntentState state = IntentState.of(row.getString("state"));
        return state == IntentState.SENDING && row.getBoolean("came") ? IntentState.IN_DOUBT : state;
    }
}
