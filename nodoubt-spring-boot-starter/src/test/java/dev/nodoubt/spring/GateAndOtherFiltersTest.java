package dev.nodoubt.spring;

import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static dev.nodoubt.spring.OrdersApplication.FILTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class GateAndOtherFiltersTest {

    private static final String KEY = "Idempotency-Key";
    private static final String TEXT = "text/plain";

    private static ConfigurableApplicationContext application;
    private static OrderService orders;
    private static Caller caller;

    @BeforeAll
    static void start() {
        application = OrdersApplication.start("nodoubt.gate.key=optional");
        orders = application.getBean(OrderService.class);
        caller = new Caller(OrdersApplication.port(application));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void whatAFilterRefusesOnAGatedPathIsNotExecuted() {
        HttpResponse<String> unauthorized = caller.order("pen", KEY, newKey(), FILTER, "401");
        HttpResponse<String> overloaded = caller.order("pen", KEY, newKey(), FILTER, "503");

        assertThat(unauthorized.statusCode()).isEqualTo(401);
        assertThat(outcome(unauthorized)).isEqualTo("not-executed");
        assertThat(overloaded.statusCode()).isEqualTo(503);
        assertThat(outcome(overloaded)).isEqualTo("not-executed");
        assertThat(orders.count("pen")).isZero();
    }

    @Test
    void nothingIsSaidOfUngatedPathsOrRequestsWithoutKey() {
        HttpResponse<String> ungated = caller.send("POST", "/ungated", TEXT, "ungated", KEY, newKey());
        HttpResponse<String> refused = caller.send("POST", "/ungated", TEXT, "x", KEY, newKey(), FILTER, "401");
        HttpResponse<String> keyless = caller.order("pen", FILTER, "401");

        assertThat(ungated.statusCode()).isEqualTo(200);
        assertThat(outcome(ungated)).isEqualTo("(none)");
        assertThat(orders.count("ungated")).isOne();
        assertThat(outcome(refused)).isEqualTo("(none)");
        assertThat(outcome(keyless)).isEqualTo("(none)");
    }

    @Test
    void whereTheKeyIsOptionalARequestWithoutOneExecutesUngated() {
        HttpResponse<String> first = caller.order("optional1");
        HttpResponse<String> second = caller.order("optional2");
        String key = newKey();
        caller.order("optional3", KEY, key);
        HttpResponse<String> replay = caller.order("optional3", KEY, key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(outcome(first)).isEqualTo("(none)");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(orders.count("optional1") + orders.count("optional2")).isEqualTo(2);
        assertThat(outcome(replay)).isEqualTo("executed");
        assertThat(orders.count("optional3")).isOne();
    }

    @Test
    void aRequestThatAFilterLeadsElsewhereLosesTheMark() {
        HttpResponse<String> rewritten = caller.order("rewritten", KEY, newKey(), FILTER, "rewrite");

        assertThat(rewritten.statusCode()).isEqualTo(200);
        assertThat(rewritten.body()).isEqualTo("done");
        assertThat(outcome(rewritten)).isEqualTo("(none)");
    }

    @Test
    void aRequestThatAFilterForwardsIsGated() {
        String key = newKey();

        HttpResponse<String> first = caller.send(
                "POST", "/old", "application/json", "{\"item\":\"forwarded\"}", KEY, key, FILTER, "forward");
        HttpResponse<String> second = caller.send(
                "POST", "/old", "application/json", "{\"item\":\"forwarded\"}", KEY, key, FILTER, "forward");

        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(orders.count("forwarded")).isOne();
    }

    @Test
    void aWayAroundTheGateDoesNotReachTheMethod() {
        HttpResponse<String> included = caller.send(
                "POST", "/old", "application/json", "{\"item\":\"included\"}", KEY, newKey(), FILTER, "include");

        assertThat(included.statusCode()).isEqualTo(500);
        assertThat(outcome(included)).isEqualTo("(none)");
        assertThat(orders.count("included")).isZero();
    }

    @Test
    void anAnswerThatWasBegunTooEarlyStopsTheExecution() {
        assertThatThrownBy(() -> caller.order("flushed", KEY, newKey(), FILTER, "flush"))
                .as("a torn answer, which no caller takes for one")
                .hasMessageContaining("no answer from /orders");

        assertThat(orders.count("flushed")).isZero();
    }

    @Test
    void whatSecurityRefusesInsideTheMethodIsRolledBackAndLeftToTheSecurityFilter() {
        HttpResponse<String> denied = caller.order("denied", KEY, newKey(), FILTER, "security");

        assertThat(denied.statusCode()).isEqualTo(403);
        assertThat(outcome(denied)).isEqualTo("not-executed");
        assertThat(orders.count("denied")).isZero();
    }
}
