package dev.nodoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers to a query and a fence become. */
class KeyAnswerTest {

    private static final IdempotencyKey KEY = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");
    private static final Request REQUEST = new Request("mail", "POST", "/api/notifications?x=1", Payload.json("{}"));

    static Stream<Step> questions() {
        return Stream.of(Step.QUERY, Step.FENCE);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theStoredReplyComesFromTheDocument(Step step) {
        String json = """
                {"outcome":"executed","final":true,"operation":"POST /x","at":"2026-11-23T00:00:00Z","status":202,
                 "headers":{"location":"/7","Set-Cookie":"secret"},"mediaType":"application/json","body":"eyJpZCI6N30=",
                 "bodyOmitted":false,"later":{"versions":[1,{"may":"add"}]}}
                """;

        AttemptResult result = CallerWire.NODOUBT.result(attempt(step), known("executed", json));

        assertThat(result)
                .isEqualTo(new Outcome.Executed(new Reply(202, Map.of("Location", "/7"), Payload.json("{\"id\":7}"))));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aStoredReplyMayHaveNoBodyOrHaveLostIt(Step step) {
        AttemptResult none = CallerWire.NODOUBT.result(
                attempt(step), known("rejected", "{\"outcome\":\"rejected\",\"status\":404}"));
        AttemptResult omitted = CallerWire.NODOUBT.result(
                attempt(step),
                known("rejected", "{\"outcome\":\"rejected\",\"status\":404,\"body\":null,\"bodyOmitted\":true}"));

        assertThat(none).isEqualTo(new Outcome.Rejected(Reply.of(404)));
        assertThat(omitted).isEqualTo(new Outcome.Rejected(new Reply(404, Map.of(), null)));
    }

    @ParameterizedTest
    @CsvSource({
        "fenced,      Never,      Never",
        "expired,     Expired,    Expired",
        "in-progress, InProgress, InProgress",
        "absent,      Absent,     Lost",
        "not-executed,Lost,       Lost",
        "unknown,     Lost,       Lost",
    })
    void theOtherAnswersNeedTheirDocumentToo(String word, String onQuery, String onFence) {
        WireResponse response = known(word, "{\"outcome\":\"" + word + "\"}");

        assertThat(kind(CallerWire.NODOUBT.result(attempt(Step.QUERY), response)))
                .isEqualTo(onQuery);
        assertThat(kind(CallerWire.NODOUBT.result(attempt(Step.FENCE), response)))
                .isEqualTo(onFence);
    }

    @Test
    void theDocumentsWaitComesBeforeTheHeaders() {
        WireResponse both = new WireResponse(
                200,
                known("in-progress", "").headers().and("Retry-After", "7"),
                Payload.json("{\"outcome\":\"in-progress\",\"final\":false,\"retryAfter\":0.5}"));
        WireResponse header =
                new WireResponse(200, both.headers(), Payload.json("{\"outcome\":\"in-progress\",\"final\":false}"));

        assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), both))
                .isEqualTo(new Answer.InProgress(Duration.ofMillis(500)));
        assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), header))
                .isEqualTo(new Answer.InProgress(Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            executed    |
            executed    | null
            executed    | []
            executed    | <html><body>Bad Gateway</body></html>
            executed    | {"outcome":"executed","status":200
            executed    | {"outcome":"executed","status":200}{}
            executed    | {"outcome":"executed","outcome":"executed","status":200}
            executed    | {"status":200}
            executed    | {"outcome":"fenced","status":200}
            executed    | {"outcome":"executed"}
            executed    | {"outcome":"executed","status":"200"}
            executed    | {"outcome":"executed","status":99999999999}
            executed    | {"outcome":"executed","status":422}
            executed    | {"outcome":"executed","status":500}
            executed    | {"outcome":"executed","status":200,"final":false}
            executed    | {"outcome":"executed","status":200,"final":"yes"}
            executed    | {"outcome":"executed","status":200,"body":"***"}
            executed    | {"outcome":"executed","status":200,"body":{}}
            executed    | {"outcome":"executed","status":200,"body":"AA==","bodyOmitted":true}
            executed    | {"outcome":"executed","status":200,"headers":["Location"]}
            executed    | {"outcome":"executed","status":200,"headers":{"Location":7}}
            executed    | {"outcome":"executed","status":200,"headers":{"Location":"a\\nb"}}
            executed    | {"outcome":"executed","status":200,"mediaType":"text/\\u0000"}
            rejected    | {"outcome":"rejected","status":200}
            rejected    | {"outcome":"rejected","status":503}
            fenced      | {"outcome":"fenced","final":false}
            fenced      | {"outcome":"executed"}
            absent      | {"outcome":"absent","final":true}
            in-progress | {"outcome":"in-progress","retryAfter":-1}
            in-progress | {"outcome":"in-progress","retryAfter":"soon"}
            """)
    void aDocumentThatIsMalformedOrContradictsItsHeaderProvesNothing(String word, String json) {
        WireResponse response = known(word, json == null ? "" : json);

        assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), response)).isInstanceOf(AttemptResult.Lost.class);
        assertThat(CallerWire.NODOUBT.result(attempt(Step.FENCE), response)).isInstanceOf(AttemptResult.Lost.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 201, 204, 302, 400, 401, 403, 404, 409, 412, 429, 500, 502, 503})
    void onlyAStatusOf200SaysSomethingOfAKey(int status) {
        for (String word : List.of("executed", "rejected", "fenced", "not-executed", "absent")) {
            AttemptResult result = CallerWire.NODOUBT.result(attempt(Step.QUERY), marked(word, status, word));

            assertThat(result).isInstanceOf(AttemptResult.Lost.class);
        }
    }

    @Test
    void aReceiverThatDoesNotKnowItsOwnCommitSaysUnknown() {
        WireResponse response = marked("unknown", 503, "unknown");

        assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), response)).isEqualTo(new Answer.Unknown());
        assertThat(CallerWire.NODOUBT.result(attempt(Step.FENCE), response)).isEqualTo(new Answer.Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "1.0", "1, 1"})
    void anAnswerAboutAKeyNeedsThisProtocolVersion(String version) {
        Headers headers = Headers.NONE.and("Nodoubt-Outcome", "fenced");
        WireResponse response = new WireResponse(
                200,
                version.isEmpty() ? headers : headers.and("Nodoubt-Protocol", version),
                Payload.json(document("fenced")));

        assertThat(CallerWire.NODOUBT.result(attempt(Step.FENCE), response)).isInstanceOf(AttemptResult.Lost.class);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aProxysPageIsNoInformation(Step step) {
        WireResponse page = new WireResponse(
                200, Headers.NONE, Payload.of("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8), "text/html"));

        assertThat(CallerWire.NODOUBT.result(attempt(step), page))
                .isEqualTo(new AttemptResult.Lost("answer 200 proves nothing: no Nodoubt-Outcome"));
    }

    private static Attempt attempt(Step step) {
        return new Attempt(step, KEY, REQUEST, 1, Duration.ofHours(1));
    }

    private static WireResponse known(String word, String json) {
        Headers headers = Headers.NONE.and("Nodoubt-Protocol", "1").and("Nodoubt-Outcome", word);
        return new WireResponse(200, headers, Payload.json(json));
    }

    private static WireResponse marked(String word, int status, String inDocument) {
        return new WireResponse(status, known(word, "").headers(), Payload.json(document(inDocument)));
    }

    private static String document(String word) {
        int recorded = word.equals("rejected") ? 404 : 200;
        return "{\"outcome\":\"" + word + "\",\"status\":" + recorded + "}";
    }

    private static String kind(AttemptResult result) {
        return result.getClass().getSimpleName();
    }
}
