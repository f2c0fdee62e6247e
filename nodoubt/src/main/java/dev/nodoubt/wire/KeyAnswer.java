package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.Step;
import java.time.Duration;
import java.util.List;

/**
 * A marked response to a query or a fence (protocol, section 8). Who answers has to speak this version of the protocol,
 * and the header and the document have to say the same.
 */
final class KeyAnswer {

    private static final List<String> VERSION = List.of("1");

    private KeyAnswer() {}

    static AttemptResult of(Step step, OutcomeToken token, WireResponse response) {
        if (!response.headers().all(Headers.PROTOCOL).equals(VERSION)) {
            return CallerWire.lost(response, "it does not say " + Headers.PROTOCOL + ": 1");
        }
        if (token == OutcomeToken.UNKNOWN) {
            return ExecuteAnswer.isServerError(response.status())
                    ? new Answer.Unknown()
                    : ExecuteAnswer.contradiction(token, response);
        }
        if (response.status() != 200) {
            return CallerWire.lost(response, "only 200 says something of the key");
        }
        try {
            return answer(step, token, OutcomeDocument.parse(response.body().bytes()), response.headers());
        } catch (MalformedAnswerException e) {
            return CallerWire.lost(response, e.what());
        }
    }

    private static AttemptResult answer(Step step, OutcomeToken token, OutcomeDocument document, Headers headers)
            throws MalformedAnswerException {
        document.requireSays(token);
        return switch (token) {
            case EXECUTED -> new Outcome.Executed(document.reply(100, 399));
            case REJECTED -> new Outcome.Rejected(document.reply(400, 499));
            case FENCED -> Outcome.Never.of(Outcome.Why.FENCED);
            case EXPIRED -> new Answer.Expired();
            case IN_PROGRESS -> new Answer.InProgress(retryAfter(document, headers));
            case ABSENT -> absent(step);
            case NOT_EXECUTED, UNKNOWN ->
                throw new MalformedAnswerException(token.value() + " is no answer about a key");
        };
    }

    /** A fence decides; one that answers "absent" did not. */
    private static AttemptResult absent(Step step) throws MalformedAnswerException {
        if (step == Step.FENCE) {
            throw new MalformedAnswerException("a fence never answers absent");
        }
        return new Answer.Absent();
    }

    private static Duration retryAfter(OutcomeDocument document, Headers headers) {
        return document.retryAfter().orElseGet(() -> RetryAfter.of(headers));
    }
}
