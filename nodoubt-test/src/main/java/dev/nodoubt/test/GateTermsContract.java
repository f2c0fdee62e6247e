package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static dev.nodoubt.test.GateBench.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.ReplyKeeper;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a gate must do over every {@link dev.nodoubt.gate.GateStore}: waiting, isolation, and replies that pass the
 * application's hands. Extend it, name the parts, and run it.
 */
public abstract class GateTermsContract {

    private static final Reply CREATED = Reply.of(201, Payload.json("{\"id\":7}"));

    private GateBench bench;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void prepare() {
        bench = new GateBench(parts());
    }

    @AfterEach
    void letOldKeysExecuteAgain() {
        bench.setHorizon(Instant.EPOCH);
    }

    private static GateRequest patient(IdempotencyKey key) {
        return request(key, GateBench.BODY)
                .on(new GateRequest.Terms(null, null, Duration.ofSeconds(5), Isolation.READ_COMMITTED));
    }

    @Test
    void who_waits_gets_the_replay() {
        IdempotencyKey key = bench.newKey();
        CompletableFuture<Admission> second = new CompletableFuture<>();

        bench.execute(key, effect(key, transaction -> {
            second.completeAsync(() -> bench.gate.execute(patient(key), none()));
            return CREATED;
        }));

        assertThat(second.join()).isEqualTo(new Admission.Executed(CREATED, true));
    }

    @Test
    void who_waits_for_an_attempt_that_rolls_back_executes() {
        IdempotencyKey key = bench.newKey();
        CompletableFuture<Admission> second = new CompletableFuture<>();

        bench.execute(key, effect(key, transaction -> {
            second.completeAsync(() -> bench.gate.execute(patient(key), effect(key, CREATED)));
            return Reply.of(503);
        }));

        assertThat(second.join()).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void who_waits_in_vain_is_told_when_its_time_is_up() {
        IdempotencyKey key = bench.newKey();
        Gate hurried = bench.gateWith(store -> new InterferingGateStore(store, step -> {
            if (step.equals("read")) {
                bench.clock.advance(Duration.ofSeconds(2));
            }
        }));

        bench.execute(key, effect(key, transaction -> {
            Admission second = CompletableFuture.supplyAsync(() -> hurried.execute(patient(key), none()))
                    .join();
            assertWithheld(second, Reason.IN_PROGRESS);
            return CREATED;
        }));
    }

    @Test
    void nobody_waits_longer_than_the_gate_allows() {
        GateSettings.Limits limits = GateSettings.Limits.DEFAULT;
        Gate impatient = bench.gateWith(GateSettings.DEFAULT.with(
                new GateSettings.Limits(limits.lockWait(), limits.transaction(), Duration.ZERO, limits.body())));
        IdempotencyKey key = bench.newKey();

        bench.execute(key, effect(key, transaction -> {
            Admission second = CompletableFuture.supplyAsync(() -> impatient.execute(patient(key), none()))
                    .join();
            assertWithheld(second, Reason.IN_PROGRESS);
            return CREATED;
        }));
    }

    private static GateRequest isolated(IdempotencyKey key, Isolation isolation) {
        return request(key, GateBench.BODY).on(new GateRequest.Terms(null, null, Duration.ZERO, isolation));
    }

    @Test
    void an_operation_sees_of_others_what_its_isolation_lets_it_see() {
        assertThat(effectsBeforeAndAfterAnother(Isolation.READ_COMMITTED)).isEqualTo("0 then 1");
        assertThat(effectsBeforeAndAfterAnother(Isolation.REPEATABLE_READ)).isEqualTo("0 then 0");
    }

    /** What a handler counts of another request, before and after that one commits in the middle. */
    private String effectsBeforeAndAfterAnother(Isolation isolation) {
        IdempotencyKey other = bench.newKey();

        Admission admission = bench.gate.execute(isolated(bench.newKey(), isolation), transaction -> {
            int before = effects(transaction, other);
            CompletableFuture.runAsync(() -> bench.execute(other, effect(other, CREATED)))
                    .join();
            return Reply.of(200, text(before + " then " + effects(transaction, other)));
        });

        return Objects.requireNonNull(((Admission.Executed) admission).reply().body())
                .text();
    }

    private static int effects(Connection transaction, IdempotencyKey key) throws SQLException {
        try (PreparedStatement select =
                transaction.prepareStatement("SELECT count(*) FROM gate_effect WHERE effect_key = ?")) {
            select.setString(1, key.value());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Test
    void a_horizon_that_rises_after_the_snapshot_of_a_stronger_isolation_is_seen() {
        for (Isolation isolation : Isolation.values()) {
            bench.setHorizon(Instant.EPOCH);
            IdempotencyKey key = bench.keyOfAge(Duration.ofDays(1));
            AtomicInteger inserts = new AtomicInteger();
            Gate raced = bench.gateWith(store -> new InterferingGateStore(store, step -> {
                if (step.equals("enter") && inserts.incrementAndGet() == 1) {
                    CompletableFuture.runAsync(() -> bench.setHorizon(bench.clock.instant()))
                            .join();
                }
            }));

            assertWithheld(raced.execute(isolated(key, isolation), none()), Reason.KEY_EXPIRED);
            assertThat(bench.rows(key)).isZero();
        }
    }

    @Test
    void a_reply_is_kept_as_the_application_wants_it() {
        Gate keeping = bench.gateWith(new Cautious());
        IdempotencyKey key = bench.newKey();

        Admission first = keeping.execute(request(key, GateBench.BODY), effect(key, CREATED));

        assertThat(first).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(bench.execute(key, none()))
                .as("what stands in the row")
                .isEqualTo(new Admission.Executed(Reply.of(201, text(">kept POST /api/notifications")), true));
        assertThat(keeping.execute(request(key, GateBench.BODY), none()))
                .isEqualTo(new Admission.Executed(Reply.of(201, text("kept POST /api/notifications")), true));
        assertThat(keeping.query(GateBench.SCOPE, key).answer())
                .isEqualTo(new Outcome.Executed(Reply.of(201, text("kept POST /api/notifications"))));
    }

    @Test
    void a_body_that_was_not_kept_is_made_anew() throws Exception {
        Gate keeping = bench.gateWith(new Cautious());
        IdempotencyKey key = bench.newKey();
        keeping.execute(request(key, GateBench.BODY), effect(key, CREATED));

        keeping.forget(GateBench.SCOPE, key);

        assertThat(keeping.execute(request(key, GateBench.BODY), none()))
                .isEqualTo(new Admission.Executed(Reply.of(201, text("anew")), true));
    }

    @Test
    void a_body_that_cannot_be_decrypted_is_left_out_and_the_outcome_stands() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, CREATED));

        Admission replay = bench.gateWith(new Cautious()).execute(request(key, GateBench.BODY), none());

        assertThat(replay).isEqualTo(new Admission.Executed(new Reply(201, Map.of(), null), true));
    }

    @Test
    void a_reply_that_cannot_be_kept_rolls_back() {
        Gate failing = bench.gateWith(new ReplyKeeper() {
            @Override
            public Reply sanitise(String operation, Reply reply) {
                throw new IllegalStateException("no");
            }
        });
        for (int status : new int[] {201, 422}) {
            IdempotencyKey key = bench.newKey();

            Admission admission = failing.execute(request(key, GateBench.BODY), effect(key, Reply.of(status)));

            assertWithheld(admission, Reason.HANDLER_FAILED);
            assertThat(bench.rows(key) + bench.effects(key)).isZero();
        }
    }

    private static Payload text(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    /** Keeps something else than the reply, behind a sign that stands for a cipher. */
    private static final class Cautious implements ReplyKeeper {

        @Override
        public Reply sanitise(String operation, Reply reply) {
            return Reply.of(reply.status(), text("kept " + operation));
        }

        @Override
        public byte[] encrypt(GateKey key, byte[] body) {
            return (">" + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] decrypt(GateKey key, byte[] stored) {
            if (stored[0] != '>') {
                throw new IllegalStateException("not encrypted");
            }
            return new String(stored, StandardCharsets.UTF_8).substring(1).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public @Nullable Payload recreate(GateKey key, String operation, Reply reply) {
            return text("anew");
        }
    }
}
