package dev.nodoubt.test;

import static dev.nodoubt.test.GateBench.SCOPE;
import static dev.nodoubt.test.GateBench.effect;
import static dev.nodoubt.test.GateBench.none;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateSettings;
import dev.nodoubt.wire.GateEndpoint;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import dev.nodoubt.wire.WireResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Bytes in, bytes out, over a real store. */
class PostgresGateEndpointTest {

    private static final Reply ACCEPTED =
            new Reply(202, Map.of("Location", "/api/notifications/7"), Payload.json("{\"id\":\"일곱\"}"));

    private final GateBench bench = new GateBench(SharedPostgres.gate(SharedPostgres.database("gateendpoint")));

    @Test
    void a_replay_is_byte_identical_and_says_so() {
        IdempotencyKey key = bench.newKey();

        WireResponse first = bench.endpoint.execute(SCOPE, request(quoted(key)), effect(key, ACCEPTED));
        WireResponse second = bench.endpoint.execute(SCOPE, request(quoted(key)), none());

        assertThat(second.status()).isEqualTo(first.status()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo(ACCEPTED.body());
        assertThat(first.headers().asMap())
                .containsOnlyKeys("Location", "Nodoubt-Outcome", "Idempotency-Expires")
                .containsEntry("Nodoubt-Outcome", List.of("executed"));
        assertThat(second.headers().asMap())
                .containsOnlyKeys(
                        "Location", "Nodoubt-Outcome", "Idempotency-Expires", "Idempotent-Replayed", "Cache-Control")
                .containsEntry("Idempotent-Replayed", List.of("true"));
    }

    @Test
    void a_missing_key_is_asked_for_and_nothing_runs() {
        WireRequest request = new WireRequest("POST", "/api/notifications", Headers.NONE, GateBench.BODY);

        assertProblem(bench.endpoint.execute(SCOPE, request, none()), 400, "key-required", "not-executed");
        assertProblem(bench.endpoint.outcome(SCOPE, request), 400, "key-required", "not-executed");
        assertProblem(bench.endpoint.fence(SCOPE, request), 400, "key-required", "not-executed");
    }

    @Test
    void malformed_foreign_and_future_keys_are_refused_everywhere() {
        String foreign = "\"order-2026-11-23-000017\"";
        String future = quoted(bench.keyOfAge(Duration.ofDays(-1)));
        for (String value : List.of("abc", "\"\"", "\"a\", \"b\"", foreign, future)) {
            WireRequest request = request(value);

            assertProblem(bench.endpoint.execute(SCOPE, request, none()), 400, "key-invalid", "not-executed");
            assertProblem(bench.endpoint.outcome(SCOPE, request), 400, "key-invalid", "not-executed");
            assertProblem(bench.endpoint.fence(SCOPE, request), 400, "key-invalid", "not-executed");
        }
    }

    @Test
    void a_bare_key_is_the_same_key_and_refused_where_the_settings_say_so() {
        IdempotencyKey key = bench.newKey();
        GateSettings.Keys keys = GateSettings.Keys.DEFAULT;
        Gate strict = bench.gateWith(
                GateSettings.DEFAULT.with(new GateSettings.Keys(keys.window(), keys.skew(), false, keys.foreign())));

        bench.endpoint.execute(SCOPE, request(key.value()), effect(key, ACCEPTED));

        assertThat(bench.endpoint
                        .execute(SCOPE, request(quoted(key)), none())
                        .headers()
                        .all("Idempotent-Replayed"))
                .containsExactly("true");
        WireResponse refused = new GateEndpoint(strict, bench.clock).execute(SCOPE, request(key.value()), none());
        assertProblem(refused, 400, "key-invalid", "not-executed");
    }

    @Test
    void a_deadline_in_the_header_counts_from_the_requests_arrival() {
        IdempotencyKey key = bench.newKey();
        WireRequest late = withDeadline(key, "-1");
        WireRequest odd = withDeadline(key, "soon");

        assertProblem(bench.endpoint.execute(SCOPE, late, none()), 503, "deadline-passed", "not-executed");

        assertThat(bench.endpoint.execute(SCOPE, odd, effect(key, ACCEPTED)).status())
                .isEqualTo(202);
    }

    private static WireRequest withDeadline(IdempotencyKey key, String deadline) {
        Headers headers = Headers.NONE.and(Headers.IDEMPOTENCY_KEY, quoted(key)).and(Headers.DEADLINE, deadline);
        return new WireRequest("POST", "/api/notifications", headers, GateBench.BODY);
    }

    @Test
    void a_handlers_exception_is_logged_once_with_its_cause_and_not_sent() {
        IdempotencyKey key = bench.newKey();
        IllegalStateException boom = new IllegalStateException("the vault's code is 1234");
        Logger logger = (Logger) LoggerFactory.getLogger(GateEndpoint.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);

        WireResponse response;
        try {
            response = bench.endpoint.execute(SCOPE, request(quoted(key)), effect(key, transaction -> {
                throw boom;
            }));
        } finally {
            logger.detachAppender(log);
            logger.setAdditive(true);
        }

        assertProblem(response, 500, "handler-failed", "not-executed");
        assertThat(response.body().text()).doesNotContain("1234").doesNotContain(key.value());
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo(boom.getMessage());
            assertThat(event.getFormattedMessage())
                    .contains("POST /api/notifications", key.digest())
                    .doesNotContain(key.value());
        });
    }

    @Test
    void query_and_fence_answer_with_the_recorded_reply() {
        IdempotencyKey key = bench.newKey();
        assertFound(bench.endpoint.outcome(SCOPE, request(quoted(key))), "absent", "\"final\":false");
        bench.endpoint.execute(SCOPE, request(quoted(key)), effect(key, ACCEPTED));

        for (WireResponse response : List.of(
                bench.endpoint.outcome(SCOPE, request(quoted(key))),
                bench.endpoint.fence(SCOPE, fencing(key, "{\"wait\":0}")))) {
            assertFound(
                    response, "executed", "\"final\":true", "\"status\":202", "\"Location\":\"/api/notifications/7\"");
        }
    }

    @Test
    void a_fence_keeps_its_reason_and_stops_what_comes_later() {
        IdempotencyKey key = bench.newKey();

        assertFound(bench.endpoint.fence(SCOPE, fencing(key, "{\"reason\":\"기한\"}")), "fenced", "\"final\":true");

        assertProblem(bench.endpoint.execute(SCOPE, request(quoted(key)), none()), 412, "fenced", "fenced");
        bench.run("DO $$ BEGIN ASSERT (SELECT reason FROM nodoubt_gate WHERE idempotency_key = '" + key.value()
                + "') = '기한'; END $$");
    }

    @Test
    void a_fence_with_a_bad_body_fences_nothing() {
        IdempotencyKey key = bench.newKey();

        assertProblem(
                bench.endpoint.fence(SCOPE, fencing(key, "{\"wait\":5000}")), 400, "fence-invalid", "not-executed");

        assertThat(bench.rows(key)).isZero();
    }

    private static WireRequest fencing(IdempotencyKey key, String body) {
        Headers headers = Headers.NONE.and(Headers.IDEMPOTENCY_KEY, quoted(key));
        return new WireRequest("POST", "/nodoubt/fence", headers, Payload.json(body));
    }

    private static WireRequest request(String key) {
        Headers headers = Headers.NONE.and(Headers.IDEMPOTENCY_KEY, key);
        return new WireRequest("POST", "/api/notifications", headers, Payload.EMPTY);
    }

    private static String quoted(IdempotencyKey key) {
        return '"' + key.value() + '"';
    }

    private static void assertProblem(WireResponse response, int status, String type, String outcome) {
        assertThat(response.body().text()).contains("\"urn:nodoubt:problem:" + type + "\"");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().all("Nodoubt-Outcome")).containsExactly(outcome);
    }

    private static void assertFound(WireResponse response, String outcome, String... members) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().all("Nodoubt-Outcome")).containsExactly(outcome);
        assertThat(response.headers().all("Nodoubt-Protocol")).containsExactly("1");
        assertThat(response.body().text())
                .contains("\"outcome\":\"" + outcome + "\"")
                .contains(members);
    }
}
