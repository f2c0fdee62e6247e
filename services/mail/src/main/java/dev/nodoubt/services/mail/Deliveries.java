package dev.nodoubt.services.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of intents and their deliveries. Each method is one statement: {@link #record} joins the caller's transaction,
 * the others are the worker's and commit by themselves. All times are the database's. Thread-safe.
 */
final class Deliveries {

    private static final String RECORD = """
            WITH content AS (
                INSERT INTO notification (id, message_id, sender, recipient, subject, body, transfer_id, recorded_at)
                VALUES (:id, :messageId, :sender, :recipient, :subject, :body, :transferId, now())
                RETURNING id)
            INSERT INTO delivery (id, state, next_at) SELECT id, 'waiting', now() FROM content
            """;

    /** A row in the state sending whose lease ran out is an attempt whose end nobody knows: a doubt more. */
    private static final String CLAIM = """
            WITH due AS (
                SELECT id FROM delivery
                WHERE next_at <= now() AND (state = 'waiting' OR :repeat) AND id <> ALL (CAST(:held AS uuid[]))
                ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED),
            claimed AS (
                UPDATE delivery d
                SET doubts = d.doubts + CASE d.state WHEN 'sending' THEN 1 ELSE 0 END,
                    state = 'sending', attempts = d.attempts + 1, lease = :token,
                    next_at = now() + :lease * interval '1 millisecond'
                FROM due WHERE d.id = due.id
                RETURNING d.id, d.attempts, d.doubts)
            SELECT id, message_id, sender, recipient, subject, body, transfer_id, recorded_at, attempts, doubts
            FROM claimed JOIN notification USING (id)
            """;

    /** Not due at once: a row that cannot even be read must not stand before all others. */
    private static final String GIVE_BACK = """
            UPDATE delivery
            SET state = CASE WHEN doubts > 0 THEN 'in-doubt' ELSE 'waiting' END,
                attempts = attempts - 1, lease = NULL, next_at = now() + interval '2 seconds'
            WHERE state = 'sending' AND lease = :token
            """;

    private static final String COMPLETE = """
            UPDATE delivery
            SET state = :state, doubts = :doubts, last = :last, lease = NULL,
                next_at = now() + CAST(:after AS bigint) * interval '1 millisecond',
                ended_at = CASE WHEN :state IN ('sent', 'failed') THEN now() END
            WHERE id = :id AND state = 'sending' AND lease = :token
            """;

    private static final String PARK = """
            UPDATE delivery
            SET doubts = doubts + CASE state WHEN 'sending' THEN 1 ELSE 0 END,
                last = CASE state WHEN 'sending' THEN 'the attempt ended without a record' ELSE last END,
                state = 'in-doubt', lease = NULL, next_at = NULL
            WHERE next_at <= now() AND state IN ('sending', 'in-doubt') AND id <> ALL (CAST(:held AS uuid[]))
            """;

    private static final String FIND = """
            SELECT id, state, attempts, doubts, last, message_id, recorded_at, next_at, ended_at
            FROM delivery JOIN notification USING (id) WHERE id = :id
            """;

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records an intent as waiting, in the transaction of this thread. */
    void record(UUID id, String messageId, String sender, Notification content) {
        jdbc.sql(RECORD)
                .param("id", id)
                .param("messageId", messageId)
                .param("sender", sender)
                .param("recipient", content.to())
                .param("subject", content.subject())
                .param("body", content.text())
                .param("transferId", content.transferId(), Types.VARCHAR)
                .update();
    }

    /**
     * Takes the delivery that is due the longest and commits it as sending.
     *
     * @param token a new one, by which the attempt's end is recorded
     * @param lease after which somebody else may take it over
     * @param policy whether deliveries in doubt are repeated
     * @param held deliveries whose attempts this process still knows about: never taken over, however late they are
     */
    Optional<Claim> claim(UUID token, Duration lease, DeliveryPolicy policy, Collection<UUID> held) {
        return jdbc.sql(CLAIM)
                .param("repeat", policy == DeliveryPolicy.AT_LEAST_ONCE)
                .param("held", array(held))
                .param("token", token)
                .param("lease", lease.toMillis())
                .query((row, number) -> claim(token, row))
                .optional();
    }

    /** Undoes a claim of which certainly no byte was sent; nothing happens when there is none under this token. */
    void giveBack(UUID token) {
        jdbc.sql(GIVE_BACK).param("token", token).update();
    }

    /**
     * Records an attempt's end.
     *
     * @return false when the token does not hold the delivery any more
     */
    boolean complete(Claim claim, NextStep next) {
        return jdbc.sql(COMPLETE)
                        .param("state", next.state().word())
                        .param("doubts", next.doubts())
                        .param("last", next.last())
                        .param("after", millis(next.after()), Types.BIGINT)
                        .param("id", claim.intent().id())
                        .param("token", claim.token())
                        .update()
                > 0;
    }

    /**
     * Puts what is in doubt, or was left in sending by a dead worker, aside for a person.
     *
     * @return how many
     */
    int park(Collection<UUID> held) {
        return jdbc.sql(PARK).param("held", array(held)).update();
    }

    Optional<Delivery> find(UUID id) {
        return jdbc.sql(FIND)
                .param("id", id)
                .query((row, number) -> new Delivery(
                        id,
                        DeliveryState.of(row.getString("state")),
                        row.getInt("attempts"),
                        row.getInt("doubts"),
                        row.getString("last"),
                        row.getString("message_id"),
                        new Delivery.Times(
                                row.getTimestamp("recorded_at").toInstant(),
                                instant(row.getTimestamp("next_at")),
                                instant(row.getTimestamp("ended_at")))))
                .optional();
    }

    private static Claim claim(UUID token, ResultSet row) throws SQLException {
        Notification content = new Notification(
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("transfer_id"));
        Intent intent = new Intent(
                row.getObject("id", UUID.class),
                row.getString("message_id"),
                row.getString("sender"),
                row.getTimestamp("recorded_at").toInstant(),
                content);
        return new Claim(token, intent, row.getInt("attempts"), row.getInt("doubts"));
    }

    private static String array(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
