package dev.nodoubt.wire;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The caller's side of nodoubt's own protocol: an attempt becomes a request, and a complete response what it taught.
 *
 * <p>Strict on purpose: only a response whose status, headers and body agree with the protocol becomes an answer.
 * Whatever does not is {@link AttemptResult.Lost}, which leaves the call in doubt and settles nothing. Pure functions
 * without state.
 */
public final class CallerWire implements CallerProtocol {

    public static final CallerWire NODOUBT = new CallerWire();

    static final String OUTCOME_PATH = "/nodoubt/outcome";
    static final String FENCE_PATH = "/nodoubt/fence";

    private CallerWire() {}

    @Override
    public Set<Step> steps() {
        return EnumSet.of(Step.EXECUTE, Step.QUERY, Step.FENCE);
    }

    @Override
    public WireRequest request(Attempt attempt) {
        Headers headers = Headers.NONE
                .and(Headers.IDEMPOTENCY_KEY, Headers.quoted(attempt.key()))
                .and(Headers.ATTEMPT, Integer.toString(attempt.number()));
        return switch (attempt.step()) {
            case EXECUTE -> execute(attempt, headers);
            case QUERY -> new WireRequest("GET", OUTCOME_PATH, headers, Payload.EMPTY);
            case FENCE -> new WireRequest("POST", FENCE_PATH, headers, Payload.EMPTY);
            case CANCEL, SETTLE_NEVER, PARK, SETTLE ->
                throw new IllegalArgumentException(attempt + " is nothing that a nodoubt receiver is asked");
        };
    }

    private static WireRequest execute(Attempt attempt, Headers headers) {
        Request request = attempt.request();
        long millisLeft = attempt.remaining().toMillis();
        Headers all = millisLeft > 0 ? headers.and(Headers.DEADLINE, Long.toString(millisLeft)) : headers;
        return new WireRequest(request.method(), request.path(), all, request.payload());
    }

    @Override
    public AttemptResult result(Attempt attempt, WireResponse response) {
        List<String> marks = response.headers().all(Headers.OUTCOME);
        if (marks.size() > 1) {
            return lost(response, "more than one " + Headers.OUTCOME);
        }
        boolean execute = attempt.step() == Step.EXECUTE;
        if (marks.isEmpty()) {
            return execute && isSuccessOrRedirect(response.status())
                    ? new AttemptResult.Unmarked(response.status())
                    : lost(response, "no " + Headers.OUTCOME);
        }
        return OutcomeToken.of(marks.get(0))
                .map(token ->
                        execute ? ExecuteAnswer.of(token, response) : KeyAnswer.of(attempt.step(), token, response))
                .orElseGet(() -> lost(response, "an unknown " + Headers.OUTCOME));
    }

    /** A cut answer proves no outcome; but that the path is not gated ({@link AttemptResult.Unmarked}) stays true of it. */
    @Override
    public AttemptResult resultWithoutEnd(Attempt attempt, WireResponse response) {
        return result(attempt, response) instanceof AttemptResult.Unmarked unmarked
                ? unmarked
                : lostWithoutEnd(response);
    }

    static AttemptResult lostWithoutEnd(WireResponse response) {
        return lost(response, "neither Content-Length nor a last chunk, so it may have been cut");
    }

    static boolean isSuccessOrRedirect(int status) {
        return status >= 200 && status < 400;
    }

    static AttemptResult lost(WireResponse response, String what) {
        return new AttemptResult.Lost("answer " + response.status() + " proves nothing: " + what);
    }
}
