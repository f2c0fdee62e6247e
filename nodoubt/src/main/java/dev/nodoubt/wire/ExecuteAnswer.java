package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A marked response to an execute (protocol, section 4): the status has to agree with the mark. */
final class ExecuteAnswer {

    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]+");

    private ExecuteAnswer() {}

    static AttemptResult of(OutcomeToken token, WireResponse response) {
        int status = response.status();
        return switch (token) {
            case EXECUTED ->
                CallerWire.isSuccessOrRedirect(status)
                        ? new Outcome.Executed(reply(response))
                        : contradiction(token, response);
            case REJECTED -> isRefusal(status) ? new Outcome.Rejected(reply(response)) : contradiction(token, response);
            case FENCED -> status == 412 ? Outcome.Never.of(Outcome.Why.FENCED) : contradiction(token, response);
            case EXPIRED -> status == 412 ? new Answer.Expired() : contradiction(token, response);
            case IN_PROGRESS ->
                status == 409
                        ? new Answer.InProgress(RetryAfter.of(response.headers()))
                        : contradiction(token, response);
            case NOT_EXECUTED -> notExecuted(response);
            case UNKNOWN -> isServerError(status) ? new Answer.Unknown() : contradiction(token, response);
            case ABSENT -> contradiction(token, response);
        };
    }

    /**
     * A success or a redirect that says "never entered the gate" came from a path without a gate, whose handler ran all
     * the same: executing again would execute twice.
     */
    private static AttemptResult notExecuted(WireResponse response) {
        int status = response.status();
        if (isRefusal(status) || isServerError(status)) {
            return new Answer.NotExecuted(waitingReply(response));
        }
        return CallerWire.isSuccessOrRedirect(status)
                ? new AttemptResult.Unmarked(status)
                : contradiction(OutcomeToken.NOT_EXECUTED, response);
    }

    static boolean isRefusal(int status) {
        return status >= 400 && status < 500;
    }

    static boolean isServerError(int status) {
        return status >= 500 && status < 600;
    }

    static AttemptResult contradiction(OutcomeToken token, WireResponse response) {
        return CallerWire.lost(response, "its status contradicts " + Headers.OUTCOME + " " + token.value());
    }

    static Reply reply(WireResponse response) {
        return reply(response, RecordedHeaders::contains);
    }

    /** Of what may be sent again also how long to wait, which the machine reads. */
    static Reply waitingReply(WireResponse response) {
        return reply(response, name -> RecordedHeaders.contains(name) || name.equalsIgnoreCase(Headers.RETRY_AFTER));
    }

    private static Reply reply(WireResponse response, Predicate<String> kept) {
        Map<String, String> recorded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().asMap().forEach((name, values) -> {
            if (kept.test(name)) {
                recorded.put(name, oneLine(values));
            }
        });
        Payload body = response.body();
        return new Reply(response.status(), recorded, isReadable(response.headers()) ? body : null);
    }

    private static String oneLine(List<String> values) {
        return LINE_ENDS.matcher(String.join(", ", values)).replaceAll(" ");
    }

    /** A body that the receiver did not keep, or that somebody between compressed unasked, is not the recorded one. */
    private static boolean isReadable(Headers headers) {
        boolean omitted = headers.all(Headers.BODY).stream()
                .anyMatch(value -> value.trim().equals("omitted"));
        boolean encoded = headers.all("Content-Encoding").stream().anyMatch(v -> !v.equalsIgnoreCase("identity"));
        return !omitted && !encoded;
    }
}
