package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.Isolation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements that take a key reach PostgreSQL in one piece, and each still sees what committed before it began. */
class PostgresGateEntryTest {

    private static final Reply CREATED = Reply.of(201);

    private static final String OTHERS_ROW = """
            INSERT INTO nodoubt_gate (scope, idempotency_key, key_time, state, recorded_at)
            VALUES (?, ?, now(), 'FENCED', now())
            """;

    private static final String OTHERS_HOLD =
            "SELECT pg_advisory_xact_lock(hashtextextended(?, hashtextextended(?, 7074694913)))";

    private final GateParts parts = SharedPostgres.gate(SharedPostgres.database("gateentry"));
    private final GateBench bench = new GateBench(parts);

    @BeforeEach
    void nothing_was_purged() {
        bench.setHorizon(Instant.EPOCH);
    }

    @Test
    void a_horizon_that_rises_while_the_insert_waits_is_seen_under_every_isolation() throws SQLException {
        GateSettings.Limits limits = GateSettings.Limits.DEFAULT;
        Gate patient = bench.gateWith(GateSettings.DEFAULT.with(new GateSettings.Limits(
                Duration.ofSeconds(2), limits.transaction(), limits.patience(), limits.body())));
        for (Isolation isolation : Isolation.values()) {
            bench.setHorizon(Instant.EPOCH);
            IdempotencyKey key = bench.keyOfAge(Duration.ofDays(1));
            GateRequest request = GateBench.request(key, GateBench.BODY)
                    .on(new GateRequest.Terms(null, null, Duration.ZERO, isolation));

            try (Connection other = parts.database().getConnection()) {
                other.setAutoCommit(false);
                run(other, OTHERS_ROW, GateBench.SCOPE, key.value());
                CompletableFuture<Admission> admission =
                        CompletableFuture.supplyAsync(() -> patient.execute(request, none()));
                awaitWaiter(admission);
                bench.setHorizon(bench.clock.instant());
                other.rollback();

                assertWithheld(admission.join(), Reason.KEY_EXPIRED);
            }
            assertThat(bench.rows(key)).isZero();
        }
    }

    @Test
    void a_duplicate_that_meets_another_one_at_the_key_is_answered_from_the_row() throws SQLException {
        IdempotencyKey key = bench.newKey();
        assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);

        try (Connection other = parts.database().getConnection()) {
            other.setAutoCommit(false);
            run(other, OTHERS_HOLD, key.value(), GateBench.SCOPE);

            assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(CREATED, true));
        }
    }

    private void awaitWaiter(CompletableFuture<Admission> admission) {
        while (!admission.isDone() && !parts.somebodyWaits().getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static void run(Connection connection, String sql, String first, String second) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, first);
            statement.setString(2, second);
            statement.execute();
        }
    }
}
