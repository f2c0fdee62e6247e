package dev.nodoubt.wire;

import dev.nodoubt.Answer;
import dev.nodoubt.AttemptResult;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Request;
import dev.nodoubt.call.Step;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a system is spoken to that does not know nodoubt's protocol (protocol, section 11). Only what its operator listed as
 * a definite status means anything: every other one, a bare 4xx as well, is {@link AttemptResult.Lost} and leaves the call
 * in doubt. Immutable.
 *
 * @param keyHeader in which an execute and a cancel carry the key, unquoted; null where the key goes in the body only
 * @param codes definite answers to an execute
 * @param query how it is asked what became of a call; null where it cannot be asked over HTTP
 * @param cancel how a call is cancelled; null where it cannot be
 */
public record ForeignProtocol(
        @Nullable String keyHeader,
        Codes codes,
        @Nullable Query query,
        @Nullable Cancel cancel) implements CallerProtocol {

    private static final String KEY = "{key}";
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern FRAMING = Pattern.compile(
            "host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|authorization",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("/(?!/)[!-~&&[^#\\\\{}]]{0,1999}");

    /** The key in {@code Idempotency-Key}; 2xx is executed, nothing else is definite, and nothing can be asked. */
    public static final ForeignProtocol DEFAULT =
            new ForeignProtocol(Headers.IDEMPOTENCY_KEY, Codes.DEFAULT, null, null);

    /** So often at most one asks about a call that is said to be under way, where the answer has no Retry-After. */
    private static final Duration PENDING_PACE = Duration.ofSeconds(1);

    public ForeignProtocol {
        Objects.requireNonNull(codes, "codes");
        if (keyHeader != null
                && !(HEADER.matcher(keyHeader).matches()
                        && !FRAMING.matcher(keyHeader).matches())) {
            throw refused("keyHeader", "a header name that HTTP's framing leaves free", keyHeader);
        }
    }

    public ForeignProtocol withKeyHeader(@Nullable String newKeyHeader) {
        return new ForeignProtocol(newKeyHeader, codes, query, cancel);
    }

    public ForeignProtocol withCodes(Codes newCodes) {
        return new ForeignProtocol(keyHeader, newCodes, query, cancel);
    }

    public ForeignProtocol withQuery(@Nullable Query newQuery) {
        return new ForeignProtocol(keyHeader, codes, newQuery, cancel);
    }

    public ForeignProtocol withCancel(@Nullable Cancel newCancel) {
        return new ForeignProtocol(keyHeader, codes, query, newCancel);
    }

    @Override
    public Set<Step> steps() {
        Set<Step> steps = EnumSet.of(Step.EXECUTE);
        if (query != null) {
            steps.add(Step.QUERY);
        }
        if (cancel != null) {
            steps.add(Step.CANCEL);
        }
        return steps;
    }

    @Override
    public WireRequest request(Attempt attempt) {
        Request request = attempt.request();
        return switch (attempt.step()) {
            case EXECUTE -> new WireRequest(request.method(), request.path(), keyOf(attempt), request.payload());
            case QUERY -> new WireRequest("GET", required(query, attempt).pathOf(attempt), Headers.NONE, Payload.EMPTY);
            case CANCEL -> new WireRequest("POST", required(cancel, attempt).path(), keyOf(attempt), request.payload());
            case FENCE, SETTLE_NEVER, PARK, SETTLE -> throw unable(attempt);
        };
    }

    private Headers keyOf(Attempt attempt) {
        return keyHeader == null
                ? Headers.NONE
                : Headers.NONE.and(keyHeader, attempt.key().value());
    }

    private static <T> T required(@Nullable T setting, Attempt attempt) {
        if (setting == null) {
            throw unable(attempt);
        }
        return setting;
    }

    private static IllegalArgumentException unable(Attempt attempt) {
        return new IllegalArgumentException(
                "target " + attempt.request().target() + ": its foreign protocol has no way to " + attempt.step()
                        + "; give it one, or the target a capability that does not need it");
    }

    @Override
    public AttemptResult result(Attempt attempt, WireResponse response) {
        AttemptResult definite = switch (attempt.step()) {
            case EXECUTE -> codes.result(response);
            case QUERY -> query == null ? null : query.result(response);
            case CANCEL -> cancel == null ? null : cancel.result(response);
            case FENCE, SETTLE_NEVER, PARK, SETTLE -> null;
        };
        return definite != null ? definite : CallerWire.lost(response, "it is no definite code of this target");
    }

    @Override
    public AttemptResult resultWithoutEnd(Attempt attempt, WireResponse response) {
        return CallerWire.lostWithoutEnd(response);
    }

    private static IllegalArgumentException refused(String property, String rule, Object value) {
        return new IllegalArgumentException(
                "foreign protocol: " + property + " must be " + rule + ", was \"" + value + "\"");
    }

    private static void requireApart(String step, StatusCodes... sets) {
        for (int i = 0; i < sets.length; i++) {
            for (int j = i + 1; j < sets.length; j++) {
                if (sets[i].overlaps(sets[j])) {
                    throw new IllegalArgumentException("foreign protocol: statuses of " + step
                            + " must mean one thing each, but one is in both " + sets[i] + " and " + sets[j]);
                }
            }
        }
    }

    private static @Nullable Outcome outcome(WireResponse response, StatusCodes executed, StatusCodes rejected) {
        if (executed.contains(response.status())) {
            return new Outcome.Executed(ExecuteAnswer.reply(response));
        }
        return rejected.contains(response.status()) ? new Outcome.Rejected(ExecuteAnswer.reply(response)) : null;
    }

    /**
     * Definite answers to an execute. A status is in one set at most.
     *
     * @param executed it happened
     * @param rejected it did not happen and will not: the call is settled
     * @param notExecuted this request certainly had no effect, and may be sent again
     */
    public record Codes(StatusCodes executed, StatusCodes rejected, StatusCodes notExecuted) {

        public static final Codes DEFAULT = new Codes(StatusCodes.of("200-299"), StatusCodes.NONE, StatusCodes.NONE);

        public Codes {
            requireApart("codes", executed, rejected, notExecuted);
        }

        private @Nullable AttemptResult result(WireResponse response) {
            return notExecuted.contains(response.status())
                    ? new Answer.NotExecuted(ExecuteAnswer.waitingReply(response))
                    : outcome(response, executed, rejected);
        }
    }

    /**
     * A GET that tells what became of a call. A status is in one set at most.
     *
     * @param path with {@code {key}} once, where the call's key goes
     * @param executed it happened
     * @param rejected it did not happen and will not
     * @param pending it is under way
     * @param absent nothing is known of it, which proves nothing
     */
    public record Query(
            String path, StatusCodes executed, StatusCodes rejected, StatusCodes pending, StatusCodes absent) {

        public Query {
            int at = path.indexOf(KEY);
            boolean once = at >= 0 && at == path.lastIndexOf(KEY);
            if (!once || !PATH.matcher(path.replace(KEY, "key")).matches()) {
                throw refused("query.path", "a path that begins with one / and has {key} once", path);
            }
            requireApart("query", executed, rejected, pending, absent);
        }

        private String pathOf(Attempt attempt) {
            String encoded = URLEncoder.encode(attempt.key().value(), StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace("*", "%2A");
            return path.replace(KEY, encoded);
        }

        private @Nullable AttemptResult result(WireResponse response) {
            if (pending.contains(response.status())) {
                Duration asked = RetryAfter.of(response.headers());
                return new Answer.InProgress(asked.isZero() ? PENDING_PACE : asked);
            }
            return absent.contains(response.status()) ? new Answer.Absent() : outcome(response, executed, rejected);
        }
    }

    /**
     * A net cancel (망취소): a POST of the original data that undoes the request whose answer was lost. A status is in one
     * set at most.
     *
     * @param path where it is sent
     * @param cancelled the original is undone, or will not be done
     * @param executed the original stands and cannot be cancelled
     * @param absent no original is known, which proves nothing
     */
    public record Cancel(String path, StatusCodes cancelled, StatusCodes executed, StatusCodes absent) {

        public Cancel {
            if (!PATH.matcher(path).matches()) {
                throw refused("cancel.path", "a path that begins with one /, without { and }", path);
            }
            requireApart("cancel", cancelled, executed, absent);
        }

        private @Nullable AttemptResult result(WireResponse response) {
            if (cancelled.contains(response.status())) {
                return Outcome.Never.of(Outcome.Why.CANCELLED);
            }
            return absent.contains(response.status())
                    ? new Answer.Absent()
                    : outcome(response, executed, StatusCodes.NONE);
        }
    }
}
