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
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Admission.Reason;
import dev.nodoubt.gate.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateResponsesTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final Reply REPLY =
            new Reply(202, Map.of("Location", "/api/notifications/7"), Payload.json("{\"id\":7}"));

    private static final String TABLE = """
            KEY_INVALID       | 400 | key-invalid       | not-executed | -
            KEY_REUSED        | 422 | key-reused        | not-executed | -
            KEY_TOO_OLD       | 412 | key-too-old       | not-executed | -
            KEY_EXPIRED       | 412 | key-expired       | expired      | -
            FENCED            | 412 | fenced            | fenced       | -
            IN_PROGRESS       | 409 | in-progress       | in-progress  | 1
            QUOTA             | 429 | quota             | not-executed | -
            DEADLINE_PASSED   | 503 | deadline-passed   | not-executed | 1
            ROLLED_BACK       | 500 | rolled-back       | not-executed | -
            HANDLER_FAILED    | 500 | handler-failed    | not-executed | -
            STORE_UNAVAILABLE | 503 | store-unavailable | not-executed | 1
            COMMIT_FAILED     | 500 | commit-failed     | not-executed | -
            COMMIT_UNKNOWN    | 503 | commit-unknown    | unknown      | 1
            BROKEN            | 500 | broken            | unknown      | -
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE)
    void every_reason_has_its_status_problem_and_outcome(
            Reason reason, int status, String type, String outcome, String retryAfter) {
        WireResponse response = GateResponses.of(new Admission.Withheld(reason, "say \"why\"", null));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().all("Nodoubt-Outcome")).containsExactly(outcome);
        assertThat(response.headers().all("Retry-After"))
                .isEqualTo(retryAfter.equals("-") ? List.of() : List.of(retryAfter));
        assertThat(response.body().mediaType()).isEqualTo("application/problem+json");
        assertThat(response.body().text())
                .startsWith("{\"type\":\"urn:nodoubt:problem:" + type + "\",\"title\":\"")
                .endsWith("\",\"status\":" + status + ",\"detail\":\"say \\\"why\\\"\"}");
    }

    @Test
    void the_table_names_every_reason() {
        Set<String> named = new HashSet<>();
        TABLE.lines().forEach(line -> named.add(line.substring(0, line.indexOf(' '))));

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Enum::name).toList());
    }

    @Test
    void a_first_reply_is_marked_and_otherwise_the_handlers() {
        WireResponse response = GateResponses.of(new Admission.Executed(REPLY, false));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.body()).isEqualTo(REPLY.body());
        assertThat(response.headers().asMap())
                .isEqualTo(Map.of("Location", List.of("/api/notifications/7"), "Nodoubt-Outcome", List.of("executed")));
    }

    @Test
    void a_replay_says_so_and_is_not_cached() {
        WireResponse response = GateResponses.of(new Admission.Rejected(Reply.of(422), true));

        assertThat(response.headers().asMap())
                .isEqualTo(Map.of(
                        "Nodoubt-Outcome", List.of("rejected"),
                        "Idempotent-Replayed", List.of("true"),
                        "Cache-Control", List.of("no-store")));
    }

    @Test
    void a_body_that_was_not_kept_is_said_to_be_omitted() {
        WireResponse response = GateResponses.of(new Admission.Executed(new Reply(200, Map.of(), null), true));

        assertThat(response.headers().all("Nodoubt-Body")).containsExactly("omitted");
        assertThat(response.body()).isEqualTo(Payload.EMPTY);
    }

    @Test
    void a_handler_cannot_forge_the_outcome() {
        Reply forged = new Reply(500, Map.of("nodoubt-outcome", "executed"), Payload.EMPTY);

        WireResponse response = GateResponses.of(new Admission.NotExecuted(forged));

        assertThat(response.headers().all("Nodoubt-Outcome")).containsExactly("not-executed");
    }

    @Test
    void the_caller_reads_from_every_answer_to_an_execute_what_the_gate_meant() {
        assertThat(read(new Admission.Executed(REPLY, false))).isEqualTo(new Outcome.Executed(REPLY));
        assertThat(read(new Admission.Executed(REPLY, true))).isEqualTo(new Outcome.Executed(REPLY));
        assertThat(read(new Admission.Executed(new Reply(202, Map.of(), null), true)))
                .isEqualTo(new Outcome.Executed(new Reply(202, Map.of(), null)));
        assertThat(read(new Admission.Rejected(Reply.of(404), true))).isEqualTo(new Outcome.Rejected(Reply.of(404)));
        assertThat(read(new Admission.NotExecuted(Reply.of(403)))).isEqualTo(new Answer.NotExecuted(Reply.of(403)));
        for (Reason reason : Reason.values()) {
            AttemptResult expected = switch (reason) {
                case FENCED -> Outcome.Never.of(Outcome.Why.FENCED);
                case KEY_EXPIRED -> new Answer.Expired();
                case IN_PROGRESS -> new Answer.InProgress(Duration.ofSeconds(1));
                case COMMIT_UNKNOWN, BROKEN -> new Answer.Unknown();
                default -> null;
            };
            AttemptResult read = read(new Admission.Withheld(reason, "why", null));
            if (expected == null) {
                assertThat(read).as(reason.name()).isInstanceOf(Answer.NotExecuted.class);
            } else {
                assertThat(read).as(reason.name()).isEqualTo(expected);
            }
        }
    }

    @Test
    void the_caller_reads_from_every_answer_to_a_query_what_the_gate_meant() {
        Answer[] answers = {
            new Outcome.Executed(REPLY),
            new Outcome.Executed(new Reply(201, Map.of(), null)),
            new Outcome.Executed(Reply.of(204)),
            new Outcome.Rejected(Reply.of(422, Payload.of(new byte[] {0, -1, 34}, "application/octet-stream"))),
            Outcome.Never.of(Outcome.Why.FENCED),
            new Answer.InProgress(Duration.ofMillis(1500)),
            new Answer.Absent(),
            new Answer.Expired(),
            new Answer.Unknown()
        };
        for (Answer answer : answers) {
            WireResponse response = GateResponses.of(new Finding(answer, "POST /x", AT));

            assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), response)).isEqualTo(answer);
            assertThat(response.headers().all("Nodoubt-Protocol")).containsExactly("1");
            assertThat(response.headers().all("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void a_finding_is_the_documented_json() {
        assertThat(GateResponses.of(new Finding(new Outcome.Executed(REPLY), "POST /x", AT))
                        .body()
                        .text())
                .isEqualTo("{\"outcome\":\"executed\",\"final\":true,\"operation\":\"POST /x\","
                        + "\"at\":\"2026-11-23T12:00:00Z\",\"status\":202,"
                        + "\"headers\":{\"Location\":\"/api/notifications/7\"},"
                        + "\"mediaType\":\"application/json\",\"body\":\"eyJpZCI6N30=\",\"bodyOmitted\":false}");
        assertThat(GateResponses.of(new Finding(new Answer.InProgress(Duration.ofMillis(1500)), null, null))
                        .body()
                        .text())
                .isEqualTo("{\"outcome\":\"in-progress\",\"final\":false,\"retryAfter\":1.5}");
        assertThat(GateResponses.of(new Finding(new Answer.Unknown(), null, null))
                        .status())
                .isEqualTo(503);
    }

    private static AttemptResult read(Admission admission) {
        return CallerWire.NODOUBT.result(attempt(Step.EXECUTE), GateResponses.of(admission));
    }

    private static Attempt attempt(Step step) {
        Request request = new Request("mail", "POST", "/x", Payload.EMPTY);
        return new Attempt(step, IdempotencyKey.create(AT), request, 1, Duration.ZERO);
    }
}
