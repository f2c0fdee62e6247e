package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.gate.Admission;
import dev.nodoubt.gate.Finding;
import dev.nodoubt.gate.Fingerprints;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateKey;
import dev.nodoubt.gate.GateRequest;
import dev.nodoubt.gate.Isolation;
import dev.nodoubt.gate.KeyVerdict;
import dev.nodoubt.gate.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    private final FingerprintSettings fingerprints;
    private final InstantSource clock;

    /** Compares bodies byte by byte, up to the gate's limit. */
    public GateEndpoint(Gate gate, InstantSource clock) {
        this(gate, FingerprintSettings.DEFAULTS, clock);
    }

    /**
     * Compares requests as the settings say.
     *
     * @param fingerprints whose {@code largestDecoded} is narrowed to the gate's {@code limits.body}
     */
    public GateEndpoint(Gate gate, FingerprintSettings fingerprints, InstantSource clock) {
        this.gate = gate;
        this.fingerprints = new FingerprintSettings(
                fingerprints.canonicalJson(),
                fingerprints.headers(),
                Math.min(fingerprints.largestDecoded(), gate.settings().limits().body()));
        this.clock = clock;
    }

    /**
     * A gated operation whose request is in memory: authenticated, authorised and validated before.
     *
     * <p>A {@code Nodoubt-Deadline} that is no number of milliseconds is taken as none, because no safety rests on it.
     *
     * @param scope a stable name of the authenticated caller
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public WireResponse execute(String scope, WireRequest request, Work work) {
        int size = request.body().size();
        if (size > fingerprints.largestDecoded()) {
            return tooLarge("the body must have at most " + fingerprints.largestDecoded() + " bytes, had " + size);
        }
        RequestHead head = new RequestHead(request.method(), request.path(), request.headers());
        RequestBody body = RequestBody.of(request.body());
        try {
            return execute(
                    new Arrival(scope, head, Isolation.READ_COMMITTED),
                    settings -> RequestFingerprints.of(head, body, settings),
                    work);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
    }

    /**
     * A gated operation whose body lies elsewhere, such as in a {@link SpooledBody}.
     *
     * @param source called at most once, before a connection to the database is taken
     * @throws IOException what the source threw, except for a body that is too large; nothing was executed
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public WireResponse execute(Arrival arrival, FingerprintSource source, Work work) throws IOException {
        Headers headers = arrival.head().headers();
        SentKey sent = SentKey.of(headers, gate.settings().keys().bare());
        if (sent instanceof SentKey.Refused refused) {
            return incarnated(GateResponses.problem(refused.problem(), refused.rule()));
        }
        SentKey.Present key = (SentKey.Present) sent;
        Fingerprints read;
        try {
            read = source.read(fingerprints);
        } catch (BodyTooLargeException e) {
            return tooLarge(e);
        }
        GateRequest request = new GateRequest(
                arrival.scope(),
                key.key(),
                GateRequest.operation(arrival.head().method(), arrival.head().path()),
                read,
                new GateRequest.Terms(
                        key.firstSent(), deadline(headers), Preference.waiting(headers), arrival.isolation()));
        Admission admission = gate.execute(request, work);
        log(request, admission);
        WireResponse response = GateResponses.of(admission);
        boolean recorded = admission instanceof Admission.Executed || admission instanceof Admission.Rejected;
        return incarnated(
                recorded
                        ? gate.keptUntil(key.key(), key.firstSent())
                                .map(until -> GateResponses.expiring(response, until))
                                .orElse(response)
                        : response);
    }

    /** The answer to a body that was too large to be read; nothing was executed. */
    public WireResponse tooLarge(BodyTooLargeException refusal) {
        return tooLarge(String.valueOf(refusal.getMessage()));
    }

    private WireResponse tooLarge(String detail) {
        return incarnated(GateResponses.problem(Problem.BODY_TOO_LARGE, detail));
    }

    /** {@code GET /nodoubt/outcome}: what is known of the request's key. */
    public WireResponse outcome(String scope, WireRequest request) {
        SentKey sent = SentKey.of(request.headers(), gate.settings().keys().bare());
        if (sent instanceof SentKey.Refused refused) {
            return incarnated(GateResponses.keyProblem(refused.problem(), refused.rule()));
        }
        SentKey.Present key = (SentKey.Present) sent;
        return finding(key, gate.query(scope, key.key(), key.firstSent()));
    }

    /**
     * {@code POST /nodoubt/fence}: ends all doubt about the request's key.
     *
     * @throws IllegalStateException when this thread is inside a transaction already
     */
    public WireResponse fence(String scope, WireRequest request) {
        SentKey sent = SentKey.of(request.headers(), gate.settings().keys().bare());
        if (sent instanceof SentKey.Refused refused) {
            return incarnated(GateResponses.keyProblem(refused.problem(), refused.rule()));
        }
        SentKey.Present key = (SentKey.Present) sent;
        FenceOrder order;
        try {
            order = FenceOrder.of(request.body().bytes());
        } catch (IllegalArgumentException e) {
            return incarnated(GateResponses.keyProblem(Problem.FENCE_INVALID, String.valueOf(e.getMessage())));
        }
        GateKey gateKey = new GateKey(scope, key.key());
        return finding(key, gate.fence(gateKey, key.firstSent(), order.lockWait(), order.reason()));
    }

    /** That a key is absent which could never execute here is the caller's mistake, not an answer. */
    private WireResponse finding(SentKey.Present key, Finding finding) {
        return incarnated(
                finding.answer() instanceof Answer.Absent
                                && gate.judge(key.key(), key.firstSent())
                                        instanceof KeyVerdict.Unacceptable unacceptable
                        ? GateResponses.keyProblem(Problem.KEY_INVALID, unacceptable.rule())
                        : GateResponses.of(finding));
    }

    private WireResponse incarnated(WireResponse response) {
        return GateResponses.incarnated(response, gate.incarnation());
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
            case HANDLER_FAILED ->
                LOG.warn("ND-0205 {}, {}: {}", request.operation(), request.key(), withheld.detail(), withheld.cause());
            case COMMIT_FAILED ->
                LOG.warn("ND-0206 {}, {}: {}", request.operation(), request.key(), withheld.detail(), withheld.cause());
            case COMMIT_UNKNOWN ->
                LOG.warn("ND-0207 {}, {}: {}", request.operation(), request.key(), withheld.detail(), withheld.cause());
            // One line: while the database is away, every request says it.
            case STORE_UNAVAILABLE ->
                LOG.warn(
                        "ND-0208 {}, {}: {} ({})",
                        request.operation(),
                        request.key(),
                        withheld.detail(),
                        String.valueOf(withheld.cause()));
            case BROKEN -> LOG.error("ND-0209 {}, {}: {}", request.operation(), request.key(), withheld.detail());
            case QUOTA ->
                LOG.warn("ND-0210 {}, a key of {}: {}", request.operation(), request.scope(), withheld.detail());
            case KEY_INVALID, KEY_REUSED, KEY_TOO_OLD, KEY_EXPIRED, FENCED, IN_PROGRESS, DEADLINE_PASSED, ROLLED_BACK ->
                LOG.debug("{}, {}: {}", request.operation(), request.key(), withheld.detail());
        }
    }
}
