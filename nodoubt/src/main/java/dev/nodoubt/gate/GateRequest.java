package dev.nodoubt.gate;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import java.time.Instant;
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
    public GateRequest {
        if (scope.isEmpty() || scope.length() > 128 || scope.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "gate request: scope must have 1 to 128 characters, had " + scope.length());
        }
    }

    /** What the gate's row names: {@code POST /api/notifications}. */
    public String operation() {
        return method + " " + path;
    }
}
