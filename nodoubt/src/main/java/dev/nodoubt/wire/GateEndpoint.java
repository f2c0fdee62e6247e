package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.KeyVerdict;
import dev.nodoubt.gate.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's side of the wire: complete requests in, complete responses out. Thread-safe.
 *
 * <p>Every response carries {@code Nodoubt-Outcome}. Whatever a {@link Work} throws ends here: it is logged once, with
 * the key's digest, and answered as a problem.
 */
public final class GateEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(GateEndpoint.class);
    private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,15}");

    private final Gate gate;
    private final InstantSource clock;

    public GateEndpoint(Gate gate, InstantSource clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * A gated operation: authenticated, authorised and validated before.
     *
     * <p>A {@code Nodoubt-Deadline} that is no number of milliseconds is taken as none, because no safety rests on it.
     *
     * @param scope a stable name of the authenticated caller
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public WireResponse execute(String scope, WireRequest request, Work work) {
        return withKey(
                request,
                key -> {
                    GateRequest gated = GateRequest.of(scope, key, request.method(), request.path(), request.body())
                            .on(terms(request.headers()));
                    Admission admission = gate.execute(gated, work);
                    log(gated, admission);
                    return GateResponses.of(admission);
                },
                GateResponses::problem);
    }

    /** {@code GET /nodoubt/outcome}: what is known of the request's key. */
    public WireResponse outcome(String scope, WireRequest request) {
        return withKey(request, key -> finding(key, gate.query(scope, key)), GateResponses::keyProblem);
    }

    /**
     * {@code POST /nodoubt/fence}: ends all doubt about the request's key.
     *
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public WireResponse fence(String scope, WireRequest request) {
        return withKey(
                request,
                key -> {
                    FenceOrder order;
                    try {
                        order = FenceOrder.of(request.body().bytes());
                    } catch (IllegalArgumentException e) {
                        return GateResponses.keyProblem(Problem.FENCE_INVALID, String.valueOf(e.getMessage()));
                    }
                    return finding(key, gate.fence(scope, key, order.lockWait(), order.reason()));
                },
                GateResponses::keyProblem);
    }

    private WireResponse withKey(
            WireRequest request, Function<IdempotencyKey, WireResponse> answer, ProblemResponse problem) {
        KeyHeader header =
                KeyHeader.of(request.headers(), gate.settings().keys().bare());
        if (header instanceof KeyHeader.Present present) {
            return answer.apply(present.key());
        }
        return header instanceof KeyHeader.Malformed malformed
                ? problem.of(Problem.KEY_INVALID, malformed.rule())
                : problem.of(
                        Problem.KEY_REQUIRED,
                        "this request needs the header " + Headers.IDEMPOTENCY_KEY
                                + ": one version 7 UUID for each call");
    }

    /** That a key is absent which could never execute here is the caller's mistake, not an answer. */
    private WireResponse finding(IdempotencyKey key, Finding finding) {
        return finding.answer() instanceof Answer.Absent
                        && gate.judge(key, null) instanceof KeyVerdict.Unacceptable unacceptable
                ? GateResponses.keyProblem(Problem.KEY_INVALID, unacceptable.rule())
                : GateResponses.of(finding);
    }

    private GateRequest.Terms terms(Headers headers) {
        return new GateRequest.Terms(null, deadline(headers), Duration.ZERO, Isolation.READ_COMMITTED);
    }

    private @Nullable Instant deadline(Headers headers) {
        List<String> values = headers.all(Headers.DEADLINE);
        return values.size() == 1 && MILLIS.matcher(values.get(0).trim()).matches()
                ? clock.instant().plusMillis(Long.parseLong(values.get(0).trim()))
                : null;
    }

    private static void log(GateRequest request, Admission admission) {
        if (!(admission instanceof Admission.Withheld withheld)) {
            return;
        }
        switch (withheld.reason()) {
            case HANDLER_FAILED, STORE_UNAVAILABLE, COMMIT_FAILED, COMMIT_UNKNOWN ->
                LOG.warn("{}, {}: {}", request.operation(), request.key(), withheld.detail(), withheld.cause());
            case BROKEN -> LOG.error("{}, {}: {}", request.operation(), request.key(), withheld.detail());
            case KEY_INVALID,
                    KEY_REUSED,
                    KEY_TOO_OLD,
                    KEY_EXPIRED,
                    FENCED,
                    IN_PROGRESS,
                    QUOTA,
                    DEADLINE_PASSED,
                    ROLLED_BACK -> LOG.debug("{}, {}: {}", request.operation(), request.key(), withheld.detail());
        }
    }

    @FunctionalInterface
    private interface ProblemResponse {
        WireResponse of(Problem problem, String detail);
    }
}
