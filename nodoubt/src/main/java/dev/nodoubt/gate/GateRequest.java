package dev.nodoubt.gate;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request at the receiver's gate.
 *
 * @param scope a stable name of the authenticated caller, 1 to 128 characters; keys of two scopes never meet
 * @param key the caller's key
 * @param method in upper case
 * @param path path and query, as received
 * @param body the exact bytes
 * @param deadline refuse to start after it; null when the caller gave none
 */
public record GateRequest(
        String scope,
        IdempotencyKey key,
        String method,
        String path,
        Payload body,
        @Nullable Instant deadline) {

    private static final int LONGEST_OPERATION = 200;

    public GateRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(key, "key");
        GateKey.requireScope(scope);
    }

    GateKey gateKey() {
        return new GateKey(scope, key);
    }

    /**
     * What the gate's row and messages name: {@code POST /api/notifications}. Without the query, which may hold what no
     * log should; cut at 200 characters.
     */
    public String operation() {
        int query = path.indexOf('?');
        String operation = method + " " + (query < 0 ? path : path.substring(0, query));
        return operation.length() <= LONGEST_OPERATION ? operation : operation.substring(0, LONGEST_OPERATION);
    }

    @Override
    public String toString() {
        return operation() + ", " + gateKey() + ", " + body;
    }
}
