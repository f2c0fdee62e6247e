package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Step;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignProtocolTest {

    private static final Payload ORDER = Payload.json("{\"symbol\":\"005930\"}");
    private static final Request REQUEST = new Request("exchange", "POST", "/orders", ORDER);
    private static final IdempotencyKey KEY = IdempotencyKey.of("order/2026-7a+b*");

    private static final ForeignProtocol EXCHANGE = ForeignProtocol.DEFAULT
            .withKeyHeader("Client-Order-Id")
            .withCodes(new ForeignProtocol.Codes(codes("200-299"), codes("422"), codes("429,503")))
            .withQuery(new ForeignProtocol.Query(
                    "/orders/{key}?full=1", codes("200"), codes("422"), codes("202"), codes("404")))
            .withCancel(new ForeignProtocol.Cancel("/orders/cancel", codes("200"), codes("409"), codes("404")));

    @Test
    void anExecuteCarriesTheKeyInTheTargetsOwnHeaderAndNothingOfNodoubt() {
        assertThat(EXCHANGE.request(attempt(Step.EXECUTE)))
                .usingRecursiveComparison()
                .isEqualTo(new WireRequest("POST", "/orders", header("Client-Order-Id", KEY.value()), ORDER));
    }

    @Test
    void withoutAHeaderTheKeyIsNotSent() {
        assertThat(EXCHANGE.withKeyHeader(null)
                        .request(attempt(Step.EXECUTE))
                        .headers()
                        .asMap())
                .isEmpty();
    }

    @Test
    void aQueryHasTheKeyInItsPathAsOneSegment() {
        assertThat(EXCHANGE.request(attempt(Step.QUERY)))
                .usingRecursiveComparison()
                .isEqualTo(
                        new WireRequest("GET", "/orders/order%2F2026-7a%2Bb%2A?full=1", Headers.NONE, Payload.EMPTY));
    }

    @Test
    void aCancelCarriesTheKeyAndTheOriginalData() {
        assertThat(EXCHANGE.request(attempt(Step.CANCEL)))
                .usingRecursiveComparison()
                .isEqualTo(new WireRequest("POST", "/orders/cancel", header("Client-Order-Id", KEY.value()), ORDER));
    }

    @Test
    void itsStepsAreWhatItWasGivenAWayFor() {
        assertThat(EXCHANGE.steps()).containsExactlyInAnyOrder(Step.EXECUTE, Step.QUERY, Step.CANCEL);
        assertThat(ForeignProtocol.DEFAULT.steps()).containsExactly(Step.EXECUTE);
        assertThatThrownBy(() -> ForeignProtocol.DEFAULT.request(attempt(Step.QUERY)))
                .hasMessageContaining("target exchange")
                .hasMessageContaining("no way to QUERY");
        assertThatThrownBy(() -> EXCHANGE.request(attempt(Step.FENCE))).hasMessageContaining("no way to FENCE");
    }

    @ParameterizedTest
    @CsvSource({
        "EXECUTE, 200, executed",
        "EXECUTE, 299, executed",
        "EXECUTE, 422, rejected",
        "EXECUTE, 429, not-executed",
        "EXECUTE, 503, not-executed",
        "EXECUTE, 404, lost",
        "EXECUTE, 400, lost",
        "EXECUTE, 302, lost",
        "EXECUTE, 500, lost",
        "QUERY, 200, executed",
        "QUERY, 422, rejected",
        "QUERY, 202, pending",
        "QUERY, 404, absent",
        "QUERY, 410, lost",
        "QUERY, 501, lost",
        "QUERY, 500, lost",
        "CANCEL, 200, never",
        "CANCEL, 409, executed",
        "CANCEL, 404, absent",
        "CANCEL, 422, lost",
        "CANCEL, 501, lost",
    })
    void onlyADefiniteCodeOfTheStepMeansSomething(Step step, int status, String meaning) {
        assertThat(kind(EXCHANGE.result(attempt(step), answer(status)))).isEqualTo(meaning);
    }

    /** Whatever was not listed proves nothing, whatever marks of nodoubt it carries. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"EXECUTE", "QUERY", "CANCEL"})
    void aStatusThatIsNoDefiniteCodeIsLost(Step step) {
        Function<Integer, AttemptResult> result = status -> EXCHANGE.result(
                attempt(step),
                new WireResponse(
                        status,
                        header("Nodoubt-Outcome", "rejected").and("Nodoubt-Protocol", "1"),
                        Payload.json("{}")));

        for (int status = 200; status < 600; status++) {
            boolean listed = EXCHANGE.codes().executed().contains(status)
                    || "404 409 422 429 503".contains(String.valueOf(status));
            if (!listed) {
                assertThat(result.apply(status)).as("status %s", status).isInstanceOf(AttemptResult.Lost.class);
            }
        }
    }

    @Test
    void aReplyIsKeptAsItCame() {
        WireResponse created = new WireResponse(
                201, header("Location", "/orders/9").and("Date", "today"), Payload.json("{\"orderId\":9}"));

        assertThat(EXCHANGE.result(attempt(Step.EXECUTE), created))
                .isEqualTo(new Outcome.Executed(
                        new Reply(201, Map.of("Location", "/orders/9"), Payload.json("{\"orderId\":9}"))));
    }

    @Test
    void aPendingCallIsAskedAboutWhenTheAnswerSaysSoOrAfterASecond() {
        assertThat(EXCHANGE.result(attempt(Step.QUERY), answer(202)))
                .isEqualTo(new Answer.InProgress(Duration.ofSeconds(1)));
        assertThat(EXCHANGE.result(
                        attempt(Step.QUERY), new WireResponse(202, header("Retry-After", "7"), Payload.EMPTY)))
                .isEqualTo(new Answer.InProgress(Duration.ofSeconds(7)));
    }

    @Test
    void aNotExecutedAnswerKeepsTheWaitThatItAsksFor() {
        AttemptResult result = EXCHANGE.result(
                attempt(Step.EXECUTE), new WireResponse(503, header("Retry-After", "9"), Payload.EMPTY));

        assertThat(result).isEqualTo(new Answer.NotExecuted(new Reply(503, Map.of("Retry-After", "9"), Payload.EMPTY)));
    }

    @Test
    void anAnswerThatMayHaveBeenCutProvesNothing() {
        for (Step step : EXCHANGE.steps()) {
            assertThat(EXCHANGE.resultWithoutEnd(attempt(step), answer(200))).isInstanceOf(AttemptResult.Lost.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Client Order", "Host", "content-length", "Authorization", "a:b", "a\nb"})
    void aHeaderThatIsNotFreeIsRefused(String name) {
        assertThatThrownBy(() -> EXCHANGE.withKeyHeader(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keyHeader");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "orders/{key}", "//{key}", "/{key}/{key}", "/{key}#a", "/{kay}", "/{key} "})
    void aQueryPathThatHasNotTheKeyOnceIsRefused(String path) {
        StatusCodes ok = codes("200");
        assertThatThrownBy(
                        () -> new ForeignProtocol.Query(path, ok, StatusCodes.NONE, StatusCodes.NONE, StatusCodes.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("query.path")
                .hasMessageContaining(path);
    }

    @Test
    void aStatusHasOneMeaning() {
        StatusCodes none = StatusCodes.NONE;
        assertThatThrownBy(() -> new ForeignProtocol.Codes(codes("200-299"), codes("204"), none))
                .hasMessageContaining("codes")
                .hasMessageContaining("200-299")
                .hasMessageContaining("204");
        assertThatThrownBy(() -> new ForeignProtocol.Query("/{key}", codes("200"), none, codes("404"), codes("404")))
                .hasMessageContaining("query");
        assertThatThrownBy(() -> new ForeignProtocol.Cancel("/cancel", codes("200"), codes("409"), codes("400-499")))
                .hasMessageContaining("cancel");
    }

    private static StatusCodes codes(String text) {
        return StatusCodes.of(text);
    }

    private static Headers header(String name, String value) {
        return Headers.NONE.and(name, value);
    }

    private static WireResponse answer(int status) {
        return new WireResponse(status, Headers.NONE, Payload.EMPTY);
    }

    private static Attempt attempt(Step step) {
        return new Attempt(step, KEY, REQUEST, 1, Duration.ofHours(1));
    }

    private static String kind(AttemptResult result) {
        if (result instanceof Outcome.Executed) {
            return "executed";
        }
        if (result instanceof Outcome.Rejected) {
            return "rejected";
        }
        if (result instanceof Outcome.Never never) {
            assertThat(never.why()).isEqualTo(Outcome.Why.CANCELLED);
            return "never";
        }
        if (result instanceof Answer.NotExecuted) {
            return "not-executed";
        }
        if (result instanceof Answer.InProgress) {
            return "pending";
        }
        return result instanceof Answer.Absent ? "absent" : "lost";
    }
}
