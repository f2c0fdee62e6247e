package dev.nodoubt.gate;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request at the receiver's gate. The gate does not need its body: the handler has it, the fingerprint tells it from
 * others.
 *
 * @param scope a stable name of the authenticated caller, 1 to 128 characters; keys of two scopes never meet
 * @param key the caller's key
 * @param operation what the gate's row and messages name, such as {@code POST /api/notifications}; cut at 200 characters
 * @param fingerprints what tells this request from another one under the same key
 * @param terms what else the caller or the operation asks for
 */
public record GateRequest(String scope, IdempotencyKey key, String operation, Fingerprints fingerprints, Terms terms) {

    private static final int LONGEST_OPERATION = 200;

    public GateRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(fingerprints, "fingerprints");
        Objects.requireNonNull(terms, "terms");
        GateKey.requireScope(scope);
        operation = operation.length() <= LONGEST_OPERATION ? operation : operation.substring(0, LONGEST_OPERATION);
    }

    /**
     * A request whose body is in memory and is compared byte by byte.
     *
     * @param method in upper case
     * @param path path and query, as received; the query stays out of the operation's name, because it may hold what no
     *     log should
     * @param body the exact bytes
     */
    public static GateRequest of(String scope, IdempotencyKey key, String method, String path, Payload body) {
        return new GateRequest(scope, key, operation(method, path), Fingerprints.raw(method, path, body), Terms.NONE);
    }

    /** The same request on other terms. */
    public GateRequest on(Terms other) {
        return new GateRequest(scope, key, operation, fingerprints, other);
    }

    /** Method and path without its query. */
    public static String operation(String method, String path) {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query));
    }

    GateKey gateKey() {
        return new GateKey(scope, key);
    }

    @Override
    public String toString() {
        return operation + ", " + gateKey();
    }

    /**
     * What a request asks for beside its effect.
     *
     * @param firstSent when a foreign key was first sent, set once and repeated unchanged; null when the caller did not
     *     say. Keys that carry their time do not need it
     * @param deadline refuse to start after it; null when the caller gave none
     * @param patience how long to wait for another attempt of the key that is in progress, within the gate's bound
     * @param isolation of the gated transaction
     */
    public record Terms(
            @Nullable Instant firstSent, @Nullable Instant deadline, Duration patience, Isolation isolation) {

        /** No deadline, no waiting, read committed. */
        public static final Terms NONE = new Terms(null, null, Duration.ZERO, Isolation.READ_COMMITTED);

        public Terms {
            Objects.requireNonNull(isolation, "isolation");
            if (patience.isNegative()) {
                throw new IllegalArgumentException("gate: patience must be >= 0, was " + patience);
            }
        }

        boolean deadlinePassed(Instant now) {
            return deadline != null && now.isAfter(deadline);
        }
    }
}
