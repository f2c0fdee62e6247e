package dev.nodoubt.spring;

import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class GatedControllerTest {

    private static final String KEY = "Idempotency-Key";
    private static final String JSON = "application/json";

    private static ConfigurableApplicationContext application;
    private static OrderService orders;
    private static final String FIRST_SENT = "Nodoubt-First-Sent";

    private static Caller caller;

    @BeforeAll
    static void start() {
        application = OrdersApplication.start();
        orders = application.getBean(OrderService.class);
        caller = new Caller(OrdersApplication.port(application));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndExecutesOnce() {
        String key = newKey();

        HttpResponse<String> first = caller.order("pen", KEY, key);
        HttpResponse<String> second = caller.order("pen", KEY, key);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(first.headers().firstValue("X-Trace")).contains("first");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(outcome(second)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body()).contains("\"item\":\"pen\"");
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"))
                .isPresent();
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(orders.count("pen")).isOne();
    }

    @Test
    void aKeyUsedForAnotherBodyIsRefused() {
        String key = newKey();
        caller.order("ink", KEY, key);

        HttpResponse<String> other = caller.order("ink2", KEY, key);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(outcome(other)).isEqualTo("not-executed");
        assertThat(other.body()).contains("key-reused");
        assertThat(orders.count("ink2")).isZero();
    }

    @Test
    void aRefusalByExceptionHandlerIsRolledBackRecordedAndRepeated() {
        String key = newKey();

        HttpResponse<String> first = caller.order("scarce", KEY, key);
        HttpResponse<String> second = caller.order("scarce", KEY, key);

        assertThat(first.statusCode()).isEqualTo(422);
        assertThat(outcome(first)).isEqualTo("rejected");
        assertThat(second.body()).isEqualTo(first.body()).contains("no scarce left");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(orders.count("scarce")).isZero();
    }

    @Test
    void aRefusalThatMvcSendsAsErrorIsRecordedAsAProblem() {
        HttpResponse<String> refused = caller.order("unknown", KEY, newKey());

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(outcome(refused)).isEqualTo("rejected");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(orders.count("unknown")).isZero();
    }

    @Test
    void whatFailsBeforeTheMethodRecordsNothingAndTheMendedRequestExecutes() {
        String key = newKey();

        HttpResponse<String> invalid = caller.order("  ", KEY, key);
        HttpResponse<String> unreadable = caller.send("POST", "/orders", JSON, "{\"item\":", KEY, key);
        HttpResponse<String> xml = caller.send("POST", "/orders", "application/xml", "<item/>", KEY, key);
        HttpResponse<String> put = caller.send("PUT", "/orders", JSON, "{}", KEY, key);
        HttpResponse<String> mended = caller.order("mended", KEY, key);

        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(outcome(invalid)).isEqualTo("not-executed");
        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertThat(outcome(unreadable)).isEqualTo("not-executed");
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(outcome(xml)).isEqualTo("not-executed");
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(outcome(put)).isEqualTo("not-executed");
        assertThat(mended.statusCode()).isEqualTo(201);
        assertThat(outcome(mended)).isEqualTo("executed");
    }

    @Test
    void aMissingParameterRecordsNothing() {
        HttpResponse<String> missing =
                caller.send("POST", "/forms", "application/x-www-form-urlencoded", "other=1", KEY, newKey());

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(outcome(missing)).isEqualTo("not-executed");
    }

    @Test
    void anExceptionRollsBackAndTheKeyMayComeAgain() {
        String key = newKey();

        HttpResponse<String> first = caller.order("broken", KEY, key);
        HttpResponse<String> second = caller.order("whole", KEY, key);

        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(outcome(first)).isEqualTo("not-executed");
        assertThat(first.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(first.body()).doesNotContain("fails after its insert");
        assertThat(orders.count("broken")).isZero();
        assertThat(second.statusCode()).isEqualTo(201);
    }

    @Test
    void aStatusThatDeclaresNothingRollsBack() {
        HttpResponse<String> busy = caller.order("busy", KEY, newKey());

        assertThat(busy.statusCode()).isEqualTo(409);
        assertThat(outcome(busy)).isEqualTo("not-executed");
        assertThat(orders.count("busy")).isZero();
    }

    @Test
    void aCommitThatTheDatabaseRefusesIsNotExecuted() {
        caller.order("unique", KEY, newKey());

        HttpResponse<String> second = caller.order("unique", KEY, newKey());

        assertThat(second.statusCode()).isEqualTo(500);
        assertThat(second.body()).contains("commit-failed");
        assertThat(outcome(second)).isEqualTo("not-executed");
        assertThat(orders.count("unique")).isOne();
    }

    @Test
    void aListenerThatFailsAfterTheCommitDoesNotHideThatItExecuted() {
        HttpResponse<String> noisy = caller.order("noisy", KEY, newKey());

        assertThat(noisy.statusCode()).isEqualTo(201);
        assertThat(outcome(noisy)).isEqualTo("executed");
        assertThat(orders.count("noisy")).isOne();
    }

    @Test
    void aRequestWithoutKeyIsRefusedAndDoesNotRun() {
        HttpResponse<String> keyless = caller.order("keyless");

        assertThat(keyless.statusCode()).isEqualTo(400);
        assertThat(keyless.body()).contains("key-required");
        assertThat(outcome(keyless)).isEqualTo("not-executed");
        assertThat(orders.count("keyless")).isZero();
    }

    @Test
    void aBodyAboveTheLimitIsRefusedAndDoesNotRun() {
        String large = "x".repeat(1024 * 1024);

        HttpResponse<String> refused = caller.order(large, KEY, newKey());

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(outcome(refused)).isEqualTo("not-executed");
        assertThat(orders.count(large)).isZero();
    }

    @Test
    void anAnswerTellsUntilWhenItsKeyIsKeptAndWhichStoreGaveIt() {
        HttpResponse<String> answer = caller.order("dated", KEY, newKey());

        Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                answer.headers().firstValue("Idempotency-Expires").orElseThrow(), Instant::from);
        assertThat(until)
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(30)));
    }

    @Test
    void aForeignKeyIsTakenWithTheTimeOfItsFirstSending() {
        String key = "\"order-2026-000017-" + System.nanoTime() + "\"";
        String sent = "@" + Instant.now().getEpochSecond();

        assertThat(caller.order("foreign", KEY, key).statusCode()).isEqualTo(400);
        assertThat(caller.order("foreign", KEY, key, FIRST_SENT, sent).statusCode())
                .isEqualTo(201);
        assertThat(caller.order("foreign", KEY, key, FIRST_SENT, sent).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(caller.order("foreign", KEY, key, FIRST_SENT, "@1").statusCode())
                .isEqualTo(422);
        assertThat(orders.count("foreign")).isOne();
    }

    @Test
    void aFormIsGatedEvenWhenAFilterReadItsParameters() {
        String key = newKey();
        String form = "application/x-www-form-urlencoded";

        HttpResponse<String> first =
                caller.send("POST", "/forms", form, "item=cup", KEY, key, OrdersApplication.FILTER, "parameter");
        HttpResponse<String> again = caller.send("POST", "/forms", form, "item=cup", KEY, key);
        HttpResponse<String> other = caller.send("POST", "/forms", form, "item=mug", KEY, key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("주문 cup");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo("주문 cup");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(orders.count("cup")).isOne();
    }

    @Test
    void aGetOfAGatedMethodIsNotGated() {
        HttpResponse<String> read = caller.send("GET", "/bare", "text/plain", "", KEY, newKey());

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo("had 0");
        assertThat(outcome(read)).isEqualTo("(none)");
    }

    @Test
    void aQueryTellsTheOutcomeAndAFenceEndsTheDoubt() {
        String executed = newKey();
        String fenced = newKey();
        caller.order("asked", KEY, executed);

        HttpResponse<String> absent = caller.send("GET", "/nodoubt/outcome", JSON, "", KEY, fenced);
        HttpResponse<String> fence = caller.send("POST", "/nodoubt/fence", JSON, "{\"reason\":\"test\"}", KEY, fenced);
        HttpResponse<String> late = caller.order("late", KEY, fenced);
        HttpResponse<String> found = caller.send("GET", "/nodoubt/outcome", JSON, "", KEY, executed);
        HttpResponse<String> wrong = caller.send("PUT", "/nodoubt/outcome", JSON, "", KEY, executed);

        assertThat(outcome(absent)).isEqualTo("absent");
        assertThat(absent.headers().firstValue("Nodoubt-Protocol")).contains("1");
        assertThat(outcome(fence)).isEqualTo("fenced");
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(outcome(late)).isEqualTo("fenced");
        assertThat(orders.count("late")).isZero();
        assertThat(outcome(found)).isEqualTo("executed");
        assertThat(found.body()).contains("\"operation\":\"POST /orders\"", "\"status\":201");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(outcome(wrong)).isEqualTo("(none)");
    }
}
