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
import dev.nodoubt.gate.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the receiver's side writes, the caller's side reads as the same. */
class WireRoundTripTest {

    private static final Reply ACCEPTED =
            new Reply(202, Map.of("Location", "/7", "ETag", "\"a\""), Payload.json("{\"이름\":\"김\"}"));
    private static final Reply REFUSED = new Reply(422, Map.of(), Payload.of(new byte[] {0, -1, 7}, "image/png"));
    private static final Reply NOT_KEPT = new Reply(200, Map.of("Link", "</a>"), null);

    static Stream<Answer> answers() {
        return Stream.of(
                new Outcome.Executed(ACCEPTED),
                new Outcome.Executed(NOT_KEPT),
                new Outcome.Executed(Reply.of(204)),
                new Outcome.Rejected(REFUSED),
                Outcome.Never.of(Outcome.Why.FENCED),
                new Answer.InProgress(Duration.ofMillis(1_250)),
                new Answer.Expired(),
                new Answer.Unknown());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerAboutAKeyArrivesAsItWasGiven(Answer answer) {
        WireResponse response = GateResponses.of(new Finding(answer, "POST /x", Instant.parse("2026-11-23T00:00:00Z")));

        assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), response)).isEqualTo(answer);
        assertThat(CallerWire.NODOUBT.result(attempt(Step.FENCE), response)).isEqualTo(answer);
    }

    @Test
    void absentArrivesAtAQueryOnly() {
        WireResponse response = GateResponses.of(new Finding(new Answer.Absent(), null, null));

        assertThat(CallerWire.NODOUBT.result(attempt(Step.QUERY), response)).isEqualTo(new Answer.Absent());
        assertThat(CallerWire.NODOUBT.result(attempt(Step.FENCE), response)).isInstanceOf(AttemptResult.Lost.class);
    }

    @Test
    void theReplyOfAnExecuteArrivesAsItWasGiven() {
        for (boolean replayed : new boolean[] {false, true}) {
            assertThat(executed(new Admission.Executed(ACCEPTED, replayed))).isEqualTo(new Outcome.Executed(ACCEPTED));
            assertThat(executed(new Admission.Executed(NOT_KEPT, replayed))).isEqualTo(new Outcome.Executed(NOT_KEPT));
            assertThat(executed(new Admission.Rejected(REFUSED, replayed))).isEqualTo(new Outcome.Rejected(REFUSED));
        }
        assertThat(executed(new Admission.NotExecuted(Reply.of(503)))).isEqualTo(new Answer.NotExecuted(Reply.of(503)));
    }

    /** Whatever the gate says in the handler's place is understood, and only a tombstone is an outcome. */
    @ParameterizedTest
    @EnumSource(Admission.Reason.class)
    void aRefusalOfTheGateIsUnderstood(Admission.Reason reason) {
        AttemptResult result = executed(new Admission.Withheld(reason, "detail", null));

        Class<? extends AttemptResult> expected = switch (reason) {
            case FENCED -> Outcome.Never.class;
            case KEY_EXPIRED -> Answer.Expired.class;
            case IN_PROGRESS -> Answer.InProgress.class;
            case COMMIT_UNKNOWN, BROKEN -> Answer.Unknown.class;
            default -> Answer.NotExecuted.class;
        };
        assertThat(result).isInstanceOf(expected);
    }

    private static AttemptResult executed(Admission admission) {
        return CallerWire.NODOUBT.result(attempt(Step.EXECUTE), GateResponses.of(admission));
    }

    private static Attempt attempt(Step step) {
        IdempotencyKey key = IdempotencyKey.of("0192f0c1-7a3e-7b11-8c55-0123456789ab");
        return new Attempt(step, key, new Request("mail", "POST", "/x", Payload.EMPTY), 1, Duration.ofHours(1));
    }
}
