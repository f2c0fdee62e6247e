package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallState;
import dev.nodoubt.test.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator reads over HTTP. */
class ActuatorTest {

    private static MonitoredApplications applications;
    private static Caller operator;

    @BeforeAll
    static void start() {
        applications = new MonitoredApplications();
        operator = new Caller(applications.callerPort());
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    private static HttpResponse<String> get(String path) {
        return operator.send("GET", path, "text/plain", "");
    }

    @Test
    void theEndpointShowsNodeTargetsAndOpenCalls() {
        HttpResponse<String> overview = get("/actuator/nodoubt");

        assertThat(overview.statusCode()).isEqualTo(200);
        assertThat(overview.body())
                .contains("\"name\":\"transfers\"", "\"incarnation\":")
                .contains("\"name\":\"orders\"", "\"breaker\":\"CLOSED\"", "\"permits\":16")
                .contains("\"waiting\":", "\"in-doubt\":", "\"unresolved\":", "\"handling\":", "\"oldestDoubt\":");
    }

    @Test
    void theEndpointShowsOneCallWithoutItsPayloadAndItsKey() {
        IdempotencyKey key = applications.commit(MonitoredApplications.order("orders", "secret-item"));
        applications.await(key, CallState.EXECUTED);

        HttpResponse<String> call = get("/actuator/nodoubt/" + key.value());

        assertThat(call.statusCode()).isEqualTo(200);
        assertThat(call.body())
                .contains("\"digest\":\"" + key.digest(), "\"state\":\"executed\"", "\"operation\":\"POST /orders\"")
                .doesNotContain("secret-item", key.value());
    }

    @Test
    void theEndpointShowsWhatTheAttemptsOfACallTaught() {
        applications.network.cutAll();
        applications.network.plan(Fault.RESET_ON_ANSWER);
        IdempotencyKey key = applications.commit(MonitoredApplications.order("legacy", "doubtful"));
        applications.await(key, CallState.UNRESOLVED);
        applications.network.plan(Fault.PASS);

        assertThat(get("/actuator/nodoubt/" + key.value()).body())
                .contains("\"state\":\"unresolved\"", "\"step\":\"execute\"", "\"result\":\"lost\"");
    }

    @Test
    void aKeyThatNobodyKnowsIsNotFound() {
        assertThat(get("/actuator/nodoubt/0192f0c1-7a3e-7b11-8c55-0123456789ab").statusCode())
                .isEqualTo(404);
        assertThat(get("/actuator/nodoubt/%20").statusCode()).isEqualTo(404);
    }

    @Test
    void theEndpointOnlyReads() {
        assertThat(operator.send("POST", "/actuator/nodoubt", "application/json", "{}")
                        .statusCode())
                .isEqualTo(405);
        assertThat(operator.send("DELETE", "/actuator/nodoubt/x", "application/json", "{}")
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aTargetThatIsDownMakesNoNodeUnhealthy() {
        applications.network.cutAll();
        applications.network.refuse();
        IdempotencyKey key = applications.commit(MonitoredApplications.order("orders", "later"));

        HttpResponse<String> health = get("/actuator/health/nodoubt");
        applications.network.reopen();

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body())
                .contains("\"status\":\"UP\"")
                .contains("\"orders\":\"")
                .contains("\"legacy\":\"");
        applications.await(key, CallState.EXECUTED);
    }

    @Test
    void aNodeThatCannotReachItsStoreIsDown() {
        try (MonitoredApplications others = new MonitoredApplications()) {
            Caller other = new Caller(others.callerPort());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> other.send("GET", "/actuator/health/nodoubt", "text/plain", "")
                                    .statusCode()
                            == 200);

            MonitoredApplications.closePool(others.caller);

            HttpResponse<String> health = other.send("GET", "/actuator/health/nodoubt", "text/plain", "");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"status\":\"DOWN\"");
        }
    }
}
