package dev.nodoubt.console;

import dev.nodoubt.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows of calls in every state, as the engine would have written them: so a page has something to show that does not change
 * while a test looks. Nothing is due within a day.
 */
final class Seeds {

    private static final String BODY = "{\"to\":\"kim@example.com\",\"amount\":\"50000\"}";

    private final JdbcTemplate jdbc;
    private final Instant now = Instant.now();
    private final Map<String, UUID> keys = new LinkedHashMap<>();

    /** Lays the rows. */
    Seeds(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        open("waiting", "waiting", "mail", ago(40), 0, "");
        open("delayed", "waiting", "bank", ago(190), 2, "no connection: refused within 1 ms");
        open("doubt", "in-doubt", "mail", ago(700), 4, "no answer within 3000 ms");
        open("old-doubt", "in-doubt", "bank", ago(9_000), 7, "connection reset after 1204 ms");
        open(
                "person",
                "unresolved",
                "ledger",
                ago(4_000),
                1,
                "no answer within 3000 ms; the target offers nothing to ask");
        open("handled", "handling", "mail", ago(300), 2, "the outcome handler threw: account is locked");
        settled("executed", "executed", null, "mail", ago(60), 1, 200);
        settled("late", "executed", null, "bank", ago(2_000), 5, 201);
        settled("refused", "rejected", null, "mail", ago(500), 1, 422);
        settled("fenced", "never", "FENCED", "mail", ago(3_000), 6, null);
        settled("unsent", "never", "NEVER_SENT", "bank", ago(3_100), 0, null);
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            settled(
                    "more-" + i,
                    "executed",
                    null,
                    i % 3 == 0 ? "bank" : "mail",
                    ago(70 + random.nextInt(3_000)),
                    1,
                    200);
        }
        attempts("doubt");
        attempts("late");
        received("transfer", "EXECUTED", key("doubt").value(), 200);
        received("transfer", "EXECUTED", IdempotencyKey.create(ago(90)).value(), 201);
        received("brokerage", "REJECTED", IdempotencyKey.create(ago(800)).value(), 422);
        received("brokerage", "FENCED", IdempotencyKey.create(ago(1_900)).value(), null);
        jdbc.update(
                "INSERT INTO nodoubt_usage (scope, recorded, tombstones) VALUES ('transfer', 2, 0), ('brokerage', 2, 1)");
        jdbc.update(
                "UPDATE nodoubt_settled SET evidence = 'their support found the booking, ticket 4711' WHERE call_key = ?",
                key("late").uuid().orElseThrow());
    }

    /** All that can be sown, and what an operator and this application added to it. */
    static void remove(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        Stream.of("pause", "hurry", "call", "settled", "attempt", "tag", "reference", "order", "gate", "usage", "audit")
                .forEach(table -> jdbc.update("DELETE FROM nodoubt_" + table));
    }

    IdempotencyKey key(String name) {
        UUID key = keys.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no seed " + name + ", but " + keys.keySet());
        }
        return IdempotencyKey.of(key);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Puts this text wherever one can come from outside into what the console shows. */
    void write(String text) {
        jdbc.update(
                "UPDATE nodoubt_call SET last = ?, reference = ?, tags = ?, business_key = ?, order_key = ?, path = ?,"
                        + " method = 'POST', handler = ?",
                text,
                text,
                "tag",
                text,
                text,
                "/mails/" + text,
                text.substring(0, Math.min(64, text.length())));
        jdbc.update("UPDATE nodoubt_settled SET evidence = ?, reference = ?, path = ?", text, text, "/mails/" + text);
        jdbc.update("UPDATE nodoubt_attempt SET reason = ?", text);
        jdbc.update("UPDATE nodoubt_call SET body = ?", bytes(text));
        jdbc.update(
                "INSERT INTO nodoubt_audit (done_at, actor, action, target, call_key, reason) VALUES (now(), ?, 'fence', ?, ?, ?)",
                text,
                text,
                key("doubt").uuid().orElseThrow(),
                text);
        jdbc.update(
                "INSERT INTO nodoubt_pause (target, paused_at, actor, reason) VALUES ('bank', now(), ?, ?)",
                text,
                text);
        jdbc.update("INSERT INTO nodoubt_node (node, joined_at, lease_until) VALUES (?, now(), now())", text);
        jdbc.update(
                "INSERT INTO nodoubt_gate (key_time, recorded_at, state, scope, idempotency_key, reason) VALUES (now(), now(), 'FENCED', ?, ?, ?)",
                text,
                key("doubt").value(),
                text);
        jdbc.update("UPDATE nodoubt_gate SET operation = ? WHERE state <> 'FENCED'", text);
    }

    private Instant ago(long seconds) {
        return now.minusSeconds(seconds);
    }

    private UUID newKey(String name, Instant at) {
        UUID key = IdempotencyKey.create(at).uuid().orElseThrow();
        keys.put(name, key);
        return key;
    }

    private void open(String name, String state, String target, Instant at, int attempts, String last) {
        UUID key = newKey(name, at);
        boolean doubted = !state.equals("waiting");
        jdbc.update(
                """
                INSERT INTO nodoubt_call (call_key, incarnation, state, attempts, cancelled, recorded_at, next_at,
                    deadline_at, target, method, path, media_type, body, body_sha256, last, doubt_since, reference, tags,
                    handler, known_state, known_status, known_headers, known_media_type, known_body, known_failures)
                VALUES (?, 0, ?, ?, false, ?, ?, ?, ?, 'POST', '/mails', 'application/json', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    ?, ?, ?)
                """,
                key,
                state,
                attempts,
                time(at),
                time(now.plus(Duration.ofDays(1))),
                time(at.plus(Duration.ofDays(3))),
                target,
                bytes(BODY),
                sha256(BODY),
                last,
                doubted ? time(at.plusSeconds(3)) : null,
                "transfer-" + name,
                "vip eu",
                state.equals("handling") ? "book" : null,
                state.equals("handling") ? "executed" : null,
                state.equals("handling") ? 200 : null,
                state.equals("handling") ? "" : null,
                state.equals("handling") ? "application/json" : null,
                state.equals("handling") ? bytes("{}") : null,
                state.equals("handling") ? 3 : 0);
        tag("vip", key);
    }

    private void settled(
            String name,
            String state,
            @Nullable String why,
            String target,
            Instant at,
            int attempts,
            @Nullable Integer status) {
        UUID key = newKey(name, at);
        jdbc.update(
                """
                INSERT INTO nodoubt_settled (call_key, state, why, attempts, recorded_at, settled_at, target, method, path,
                    reply_status, reply_headers, reply_media_type, reply_body, reference)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'POST', '/mails', ?, ?, ?, ?, ?)
                """,
                key,
                state,
                why,
                attempts,
                time(at),
                time(at.plusMillis(40L + attempts * 900L)),
                target,
                status,
                status == null ? null : "X-Trace: a1\n",
                status == null ? null : "application/json",
                status == null ? null : bytes("{\"mail\":\"sent\"}"),
                "transfer-" + name);
    }

    private void tag(String tag, UUID key) {
        jdbc.update("INSERT INTO nodoubt_tag (tag, call_key) VALUES (?, ?)", tag, key);
    }

    private void received(String scope, String state, String key, @Nullable Integer status) {
        boolean fenced = state.equals("FENCED");
        jdbc.update(
                """
                INSERT INTO nodoubt_gate (key_time, recorded_at, state, scope, idempotency_key, status, fingerprint_version,
                    fingerprint, operation, reason, headers, media_type, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                time(IdempotencyKey.of(key).time().orElseThrow()),
                time(IdempotencyKey.of(key).time().orElseThrow().plusMillis(700)),
                state,
                scope,
                key,
                status,
                fenced ? null : 1,
                fenced ? null : sha256(BODY),
                fenced ? null : "POST /mails",
                fenced ? "given up at its deadline" : null,
                fenced ? null : "",
                fenced ? null : "application/json",
                fenced ? null : bytes("{}"));
    }

    private void attempts(String name) {
        UUID key = key(name).uuid().orElseThrow();
        Instant at = key(name).time().orElseThrow();
        attempt(key, 1, at.plusMillis(12), 3_000, "EXECUTE", "lost", null, "no answer within 3000 ms");
        attempt(key, 2, at.plusSeconds(5), 2, "QUERY", "not-sent", null, "no connection: refused within 1 ms");
        attempt(key, 3, at.plusSeconds(11), 1_400, "EXECUTE", "in-progress", null, "");
        attempt(key, 4, at.plusSeconds(20), 3_000, "QUERY", "lost", null, "no answer within 3000 ms");
        if (name.equals("late")) {
            attempt(key, 5, at.plusSeconds(31), 48, "QUERY", "executed", 201, "");
        }
    }

    private void attempt(
            UUID key,
            int number,
            Instant at,
            long millis,
            String step,
            String word,
            @Nullable Integer status,
            String reason) {
        jdbc.update("""
                INSERT INTO nodoubt_attempt (call_key, number, incarnation, step, begun_at, took, classification, status,
                    reason) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?)
                """, key, number, step, time(at), millis * 1_000, word, status, reason);
    }

    private static Timestamp time(Instant at) {
        return Timestamp.from(at);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
