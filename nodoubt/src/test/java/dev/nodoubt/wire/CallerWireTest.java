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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerWireTest {

    private static final IdempotencyKey KEY = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");
    private static final Payload ORDER = Payload.json("{\"amount\":\"12.34\"}");
    private static final Request REQUEST = new Request("mail", "POST", "/api/notifications?x=1", ORDER);

    @Test
    void anExecuteCarriesTheRequestUnderItsKey() {
        WireRequest wire =
                CallerWire.NODOUBT.request(new Attempt(Step.EXECUTE, KEY, REQUEST, 3, Duration.ofMillis(1_500)));

        assertThat(wire.method()).isEqualTo("POST");
        assertThat(wire.path()).isEqualTo("/api/notifications?x=1");
        assertThat(wire.body()).isEqualTo(ORDER);
        assertThat(wire.headers().asMap())
                .isEqualTo(Map.of(
                        "Idempotency-Key", List.of("\"0192f0c1-7a3e-7b11-8c55-0123456789ab\""),
                        "Nodoubt-Attempt", List.of("3"),
                        "Nodoubt-Deadline", List.of("1500")));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -60_000})
    void aDeadlineThatHasPassedIsNotSent(long millis) {
        WireRequest wire =
                CallerWire.NODOUBT.request(new Attempt(Step.EXECUTE, KEY, REQUEST, 1, Duration.ofMillis(millis)));

        assertThat(wire.headers().all("Nodoubt-Deadline")).isEmpty();
    }

    @Test
    void aQueryAndAFenceNameTheKeyAndNothingOfTheRequest() {
        WireRequest query = CallerWire.NODOUBT.request(attempt(Step.QUERY));
        WireRequest fence = CallerWire.NODOUBT.request(attempt(Step.FENCE));

        assertThat(query.method() + " " + query.path()).isEqualTo("GET /nodoubt/outcome");
        assertThat(fence.method() + " " + fence.path()).isEqualTo("POST /nodoubt/fence");
        for (WireRequest wire : List.of(query, fence)) {
            assertThat(wire.body()).isEqualTo(Payload.EMPTY);
            assertThat(wire.headers().all("Idempotency-Key")).containsExactly("\"" + KEY.value() + "\"");
        }
    }

    @Test
    void quotesAndBackslashesOfAKeyAreEscaped() {
        IdempotencyKey odd = IdempotencyKey.of("a\"quoted\\key-0001");

        WireRequest wire = CallerWire.NODOUBT.request(new Attempt(Step.QUERY, odd, REQUEST, 1, Duration.ZERO));

        assertThat(wire.headers().all("Idempotency-Key")).containsExactly("\"a\\\"quoted\\\\key-0001\"");
    }

    /** Rows: what the response says; columns: what each status makes of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            mark         | 100  | 200          | 204          | 302          | 400         | 409         | 412         | 422         | 500         | 503         | 599
            executed     | Lost | Executed     | Executed     | Executed     | Lost        | Lost        | Lost        | Lost        | Lost        | Lost        | Lost
            rejected     | Lost | Lost         | Lost         | Lost         | Rejected    | Rejected    | Rejected    | Rejected    | Lost        | Lost        | Lost
            fenced       | Lost | Lost         | Lost         | Lost         | Lost        | Lost        | Never       | Lost        | Lost        | Lost        | Lost
            expired      | Lost | Lost         | Lost         | Lost         | Lost        | Lost        | Expired     | Lost        | Lost        | Lost        | Lost
            in-progress  | Lost | Lost         | Lost         | Lost         | Lost        | InProgress  | Lost        | Lost        | Lost        | Lost        | Lost
            absent       | Lost | Lost         | Lost         | Lost         | Lost        | Lost        | Lost        | Lost        | Lost        | Lost        | Lost
            not-executed | Lost | Unmarked     | Unmarked     | Unmarked     | NotExecuted | NotExecuted | NotExecuted | NotExecuted | NotExecuted | NotExecuted | NotExecuted
            unknown      | Lost | Lost         | Lost         | Lost         | Lost        | Lost        | Lost        | Lost        | Unknown     | Unknown     | Unknown
            none         | Lost | Unmarked     | Unmarked     | Unmarked     | Lost        | Lost        | Lost        | Lost        | Lost        | Lost        | Lost
            nonsense     | Lost | Lost         | Lost         | Lost         | Lost        | Lost        | Lost        | Lost        | Lost        | Lost        | Lost
            Executed     | Lost | Lost         | Lost         | Lost         | Lost        | Lost        | Lost        | Lost        | Lost        | Lost        | Lost
            """)
    void anExecuteIsSettledOnlyByAMarkAndAStatusThatAgree(
            String mark,
            String s100,
            String s200,
            String s204,
            String s302,
            String s400,
            String s409,
            String s412,
            String s422,
            String s500,
            String s503,
            String s599) {
        int[] statuses = {100, 200, 204, 302, 400, 409, 412, 422, 500, 503, 599};
        List<String> expected = List.of(s100, s200, s204, s302, s400, s409, s412, s422, s500, s503, s599);

        List<String> seen = new ArrayList<>();
        for (int status : statuses) {
            Headers headers = mark.equals("none") ? Headers.NONE : Headers.NONE.and("Nodoubt-Outcome", mark);
            seen.add(kind(CallerWire.NODOUBT.result(
                    attempt(Step.EXECUTE), new WireResponse(status, headers, Payload.json("{}")))));
        }

        assertThat(seen).isEqualTo(expected);
    }

    /** Every token, every status from 100 to 599, every step: an Outcome comes from its own status only. */
    @Test
    void noOtherCombinationEverBecomesAnOutcome() {
        int outcomes = 0;
        for (Step step : List.of(Step.EXECUTE, Step.QUERY, Step.FENCE)) {
            for (OutcomeToken token : OutcomeToken.values()) {
                for (int status = 100; status < 600; status++) {
                    AttemptResult result =
                            CallerWire.NODOUBT.result(attempt(step), marked(token.value(), status, token.value()));
                    if (result instanceof Outcome) {
                        outcomes++;
                        assertThat(allowed(step, token, status))
                                .as("%s %s %d", step, token, status)
                                .isTrue();
                    }
                }
            }
        }
        // executed: 200 statuses, rejected: 100, fenced: 1; query and fence: executed, rejected (status 404), fenced.
        assertThat(outcomes).isEqualTo(200 + 100 + 1 + 2 * 3);
    }

    private static boolean allowed(Step step, OutcomeToken token, int status) {
        if (step != Step.EXECUTE) {
            return status == 200;
        }
        return switch (token) {
            case EXECUTED -> status >= 200 && status <= 399;
            case REJECTED -> status >= 400 && status <= 499;
            case FENCED -> status == 412;
            default -> false;
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"SETTLE_NEVER", "PARK", "SETTLE"},
            mode = EnumSource.Mode.EXCLUDE)
    void twoOutcomesInOneAnswerProveNothing(Step step) {
        Headers twice = Headers.NONE
                .and("Nodoubt-Protocol", "1")
                .and("Nodoubt-Outcome", "executed")
                .and("Nodoubt-Outcome", "executed");
        Headers list = Headers.NONE.and("Nodoubt-Protocol", "1").and("Nodoubt-Outcome", "executed, executed");

        for (Headers headers : List.of(twice, list)) {
            AttemptResult result = CallerWire.NODOUBT.result(
                    attempt(step), new WireResponse(200, headers, Payload.json(document("executed"))));

            assertThat(result).isInstanceOf(AttemptResult.Lost.class);
        }
    }

    @Test
    void theReplyOfAnExecuteHasStatusRecordedHeadersAndBody() {
        Headers headers = Headers.NONE
                .and("nodoubt-outcome", "executed")
                .and("Location", "/api/notifications/7")
                .and("Link", "</a>; rel=next")
                .and("Link", "</b>; rel=last")
                .and("Set-Cookie", "secret=1")
                .and("Date", "Mon, 23 Nov 2026 00:00:00 GMT");
        Payload body = Payload.json("{\"id\":7}");

        AttemptResult result = CallerWire.NODOUBT.result(attempt(Step.EXECUTE), new WireResponse(202, headers, body));

        assertThat(result)
                .isEqualTo(new Outcome.Executed(new Reply(
                        202,
                        Map.of("Location", "/api/notifications/7", "Link", "</a>; rel=next, </b>; rel=last"),
                        body)));
    }

    @Test
    void aBodyThatWasNotKeptOrWasCompressedUnaskedIsNoBody() {
        Headers executed = Headers.NONE.and("Nodoubt-Outcome", "executed");

        for (Headers headers :
                List.of(executed.and("Nodoubt-Body", "omitted"), executed.and("Content-Encoding", "gzip"))) {
            AttemptResult result =
                    CallerWire.NODOUBT.result(attempt(Step.EXECUTE), new WireResponse(200, headers, Payload.json("x")));

            assertThat(result).isEqualTo(new Outcome.Executed(new Reply(200, Map.of(), null)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1                             | 1000
            0                             | 0
            0.25                          | 250
            -1                            | 0
            99999999999                   | 0
            999999999                     | 1000000000
            Mon, 23 Nov 2026 00:00:00 GMT | 0
            """)
    void theWaitThatTheReceiverAsksForIsReadInSecondsAndBounded(String value, long millis) {
        Headers headers = Headers.NONE.and("Nodoubt-Outcome", "in-progress").and("Retry-After", value);

        AttemptResult result =
                CallerWire.NODOUBT.result(attempt(Step.EXECUTE), new WireResponse(409, headers, Payload.EMPTY));

        assertThat(result).isEqualTo(new Answer.InProgress(Duration.ofMillis(millis)));
    }

    @Test
    void anAnswerWithoutAProvenEndSettlesNothingButStillShowsAnUngatedPath() {
        WireResponse executed = marked("executed", 200, "executed");
        WireResponse unmarked = new WireResponse(200, Headers.NONE, Payload.EMPTY);

        assertThat(CallerWire.NODOUBT.resultWithoutEnd(attempt(Step.EXECUTE), executed))
                .isInstanceOf(AttemptResult.Lost.class);
        assertThat(CallerWire.NODOUBT.resultWithoutEnd(attempt(Step.EXECUTE), unmarked))
                .isEqualTo(new AttemptResult.Unmarked(200));
        assertThat(CallerWire.NODOUBT.resultWithoutEnd(attempt(Step.QUERY), unmarked))
                .isInstanceOf(AttemptResult.Lost.class);
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
