package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.BODY;
import static dev.nodoubt.test.GateBench.assertWithheld;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static dev.nodoubt.test.GateBench.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.Isolation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a gate must do over every {@link dev.nodoubt.gate.GateStore}: executions. Extend it, name the parts, and run it.
 */
public abstract class GateContract {

    private static final Reply CREATED = new Reply(
            201,
            Map.of("Location", "/api/notifications/7", "Set-Cookie", "secret=1", "Date", "now"),
            Payload.json("{\"id\":7}"));

    private GateBench bench;

    /** What is under test. */
    protected abstract GateParts parts();

    @BeforeEach
    void prepare() {
        bench = new GateBench(parts());
    }

    @Test
    void a_first_request_executes_and_its_repetition_gets_the_recorded_reply() {
        IdempotencyKey key = bench.newKey();

        Admission first = bench.execute(key, effect(key, CREATED));
        Admission second = bench.execute(key, none());

        assertThat(first).isEqualTo(new Admission.Executed(CREATED, false));
        assertThat(second)
                .isEqualTo(new Admission.Executed(
                        new Reply(201, Map.of("Location", "/api/notifications/7"), CREATED.body()), true));
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void a_reply_without_body_and_headers_is_recorded_as_such() {
        IdempotencyKey key = bench.newKey();

        bench.execute(key, effect(key, Reply.of(204)));

        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(Reply.of(204), true));
    }

    @Test
    void every_byte_of_a_reply_comes_back() {
        IdempotencyKey key = bench.newKey();
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        Reply reply = Reply.of(200, Payload.of(bytes, "application/octet-stream; x=\"y\""));

        bench.execute(key, effect(key, reply));

        assertThat(bench.execute(key, none())).isEqualTo(new Admission.Executed(reply, true));
    }

    @Test
    void a_reply_above_the_limit_is_sent_once_and_kept_without_its_body() {
        IdempotencyKey key = bench.newKey();
        Reply large = Reply.of(200, Payload.of(new byte[256 * 1024 + 1], "text/plain"));

        Admission first = bench.execute(key, effect(key, large));
        Admission second = bench.execute(key, none());

        assertThat(first).isEqualTo(new Admission.Executed(large, false));
        assertThat(second).isEqualTo(new Admission.Executed(new Reply(200, Map.of(), null), true));
    }

    @Test
    void a_key_used_again_for_another_request_discloses_nothing() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, CREATED));

        GateRequest otherBody = request(key, Payload.json("{}"));
        GateRequest otherPath = GateRequest.of(GateBench.SCOPE, key, "POST", "/api/notifications?x=1", BODY);
        GateRequest otherMethod = GateRequest.of(GateBench.SCOPE, key, "PUT", "/api/notifications", BODY);

        assertWithheld(bench.gate.execute(otherBody, none()), Reason.KEY_REUSED);
        assertWithheld(bench.gate.execute(otherPath, none()), Reason.KEY_REUSED);
        assertWithheld(bench.gate.execute(otherMethod, none()), Reason.KEY_REUSED);
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void equal_keys_of_two_scopes_never_meet() {
        IdempotencyKey key = bench.newKey();
        GateRequest theirs = GateRequest.of("o'brien; %_\"x", key, "POST", "/api/notifications", BODY);

        bench.execute(key, effect(key, Reply.of(200, Payload.json("1"))));
        Admission second = bench.gate.execute(theirs, effect(key, Reply.of(200, Payload.json("2"))));

        assertThat(second).isEqualTo(new Admission.Executed(Reply.of(200, Payload.json("2")), false));
        assertThat(bench.gate.execute(theirs, none()))
                .isEqualTo(new Admission.Executed(Reply.of(200, Payload.json("2")), true));
        assertThat(bench.execute(key, none()))
                .isEqualTo(new Admission.Executed(Reply.of(200, Payload.json("1")), true));
        assertThat(bench.effects(key)).isEqualTo(2);
    }

    @Test
    void a_declared_rejection_leaves_no_effect_and_is_the_answer_from_then_on() {
        for (int status : new int[] {400, 404, 410, 412, 422}) {
            IdempotencyKey key = bench.newKey();
            Reply refusal = Reply.of(status, Payload.json("{\"title\":\"no such receiver\"}"));

            Admission first = bench.execute(key, effect(key, refusal));
            Admission second = bench.execute(key, none());

            assertThat(first).isEqualTo(new Admission.Rejected(refusal, false));
            assertThat(second).isEqualTo(new Admission.Rejected(refusal, true));
            assertWithheld(bench.gate.execute(request(key, Payload.json("{}")), none()), Reason.KEY_REUSED);
            assertThat(bench.effects(key)).isZero();
        }
    }

    @Test
    void any_other_error_status_rolls_back_and_records_nothing() {
        for (int status : new int[] {401, 403, 408, 409, 423, 425, 429, 451, 500, 503}) {
            IdempotencyKey key = bench.newKey();

            Admission first = bench.execute(key, effect(key, Reply.of(status)));

            assertThat(first).isEqualTo(new Admission.NotExecuted(Reply.of(status)));
            assertThat(bench.rows(key)).isZero();
            assertThat(bench.effects(key)).isZero();
            assertThat(bench.execute(key, effect(key, CREATED))).isInstanceOf(Admission.Executed.class);
        }
    }

    @Test
    void after_an_attempt_that_recorded_nothing_even_another_body_may_execute_under_the_key() {
        IdempotencyKey key = bench.newKey();
        bench.execute(key, effect(key, Reply.of(409)));

        Admission corrected = bench.gate.execute(request(key, Payload.json("{\"fixed\":1}")), effect(key, CREATED));

        assertThat(corrected).isInstanceOf(Admission.Executed.class);
        assertThat(bench.effects(key)).isEqualTo(1);
    }

    @Test
    void a_deadline_that_passed_keeps_the_handler_from_starting_and_a_new_one_lets_it() {
        IdempotencyKey key = bench.newKey();
        GateRequest late = before(key, bench.clock.instant().minusMillis(1));

        assertWithheld(bench.gate.execute(late, none()), Reason.DEADLINE_PASSED);
        assertThat(bench.rows(key)).isZero();

        bench.execute(key, effect(key, CREATED));
        assertThat(bench.gate.execute(late, none())).isInstanceOf(Admission.Executed.class);
    }

    @Test
    void a_deadline_that_passes_while_the_gate_gets_ready_keeps_the_handler_from_starting() {
        IdempotencyKey key = bench.newKey();
        GateRequest request = before(key, bench.clock.instant());
        Gate slow = bench.gateWith(store -> new InterferingGateStore(store, step -> {
            if (step.equals("enter")) {
                bench.clock.advance(Duration.ofMillis(1));
            }
        }));

        assertWithheld(slow.execute(request, none()), Reason.DEADLINE_PASSED);
        assertThat(bench.rows(key)).isZero();
    }

    private static GateRequest before(IdempotencyKey key, Instant deadline) {
        return request(key, BODY).on(new GateRequest.Terms(null, deadline, Duration.ZERO, Isolation.READ_COMMITTED));
    }

    @Test
    void a_duplicate_while_the_handler_runs_is_told_at_once() {
        IdempotencyKey key = bench.newKey();

        bench.execute(key, effect(key, transaction -> {
            Admission second = CompletableFuture.supplyAsync(() -> bench.execute(key, none()))
                    .join();
            assertWithheld(second, Reason.IN_PROGRESS);
            return CREATED;
        }));

        assertThat(bench.effects(key)).isEqualTo(1);
    }
}
