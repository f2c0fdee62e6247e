package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Finding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How what a gate knows becomes status, headers and body (protocol, sections 4 and 8). Pure functions. */
final class GateResponses {

    private static final String NO_STORE = "no-store";
    private static final String PROTOCOL_VERSION = "1";
    private static final String RETRY_SECONDS = "1";

    private GateResponses() {}

    static WireResponse of(Admission admission) {
        if (admission instanceof Admission.Executed executed) {
            return reply(executed.reply(), OutcomeToken.EXECUTED, executed.replayed());
        }
        if (admission instanceof Admission.Rejected rejected) {
            return reply(rejected.reply(), OutcomeToken.REJECTED, rejected.replayed());
        }
        if (admission instanceof Admission.NotExecuted notExecuted) {
            return reply(notExecuted.reply(), OutcomeToken.NOT_EXECUTED, false);
        }
        Admission.Withheld withheld = (Admission.Withheld) admission;
        return problem(Problem.of(withheld.reason()), withheld.detail());
    }

    /** The response with the time until which the key's record is guaranteed, as an HTTP date. */
    static WireResponse expiring(WireResponse response, Instant until) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
        return with(response, Headers.EXPIRES, date);
    }

    /** The response with the store's incarnation; 0 when it is not known yet. */
    static WireResponse incarnated(WireResponse response, long incarnation) {
        return incarnation == 0 ? response : with(response, Headers.INCARNATION, Long.toString(incarnation));
    }

    private static WireResponse with(WireResponse response, String header, String value) {
        return new WireResponse(response.status(), response.headers().and(header, value), response.body());
    }

    private static WireResponse reply(Reply reply, OutcomeToken outcome, boolean replayed) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put(Headers.OUTCOME, List.of(outcome.value()));
        if (replayed) {
            headers.put(Headers.REPLAYED, List.of("true"));
            headers.put(Headers.CACHE_CONTROL, List.of(NO_STORE));
        }
        Payload body = reply.body();
        if (body == null) {
            headers.put(Headers.BODY, List.of("omitted"));
        }
        return new WireResponse(reply.status(), Headers.of(headers), body == null ? Payload.EMPTY : body);
    }

    static WireResponse problem(Problem problem, String detail) {
        Headers headers = Headers.NONE.and(Headers.OUTCOME, problem.outcome().value());
        return new WireResponse(
                problem.status(),
                problem.repeatable() ? headers.and(Headers.RETRY_AFTER, RETRY_SECONDS) : headers,
                GateDocuments.problem(problem, detail));
    }

    /** A problem in answer to a query or a fence. */
    static WireResponse keyProblem(Problem problem, String detail) {
        WireResponse response = problem(problem, detail);
        return new WireResponse(response.status(), keyHeaders(response.headers()), response.body());
    }

    static WireResponse of(Finding finding) {
        if (finding.answer() instanceof Answer.NotExecuted) {
            return keyProblem(
                    Problem.QUOTA, "this caller has as many tombstones here as it may have; nothing was fenced");
        }
        OutcomeToken outcome = token(finding.answer());
        if (outcome == OutcomeToken.UNKNOWN) {
            return keyProblem(Problem.OUTCOME_UNKNOWN, "nothing can be said of this idempotency key now; ask again");
        }
        Headers headers = keyHeaders(Headers.NONE.and(Headers.OUTCOME, outcome.value()));
        return new WireResponse(
                200,
                outcome == OutcomeToken.IN_PROGRESS ? headers.and(Headers.RETRY_AFTER, RETRY_SECONDS) : headers,
                GateDocuments.finding(outcome, finding));
    }

    private static Headers keyHeaders(Headers headers) {
        return headers.and(Headers.PROTOCOL, PROTOCOL_VERSION).and(Headers.CACHE_CONTROL, NO_STORE);
    }

    private static OutcomeToken token(Answer answer) {
        if (answer instanceof Outcome.Executed) {
            return OutcomeToken.EXECUTED;
        }
        if (answer instanceof Outcome.Rejected) {
            return OutcomeToken.REJECTED;
        }
        if (answer instanceof Outcome.Never) {
            return OutcomeToken.FENCED;
        }
        if (answer instanceof Answer.InProgress) {
            return OutcomeToken.IN_PROGRESS;
        }
        if (answer instanceof Answer.Absent) {
            return OutcomeToken.ABSENT;
        }
        return answer instanceof Answer.Expired ? OutcomeToken.EXPIRED : OutcomeToken.UNKNOWN;
    }
}
