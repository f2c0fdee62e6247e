package dev.nodoubt.gate;

import dev.nodoubt.IdempotencyKey;
import java.util.Objects;

/**
 * What a gate's row is found by: the caller's key within the caller's scope. Equal keys of two scopes never meet.
 *
 * @param scope a stable name of the authenticated caller, 1 to 128 characters without control characters
 * @param key the caller's key
 */
public record GateKey(String scope, IdempotencyKey key) {

    private static final int LONGEST_SCOPE = 128;

    public GateKey {
        Objects.requireNonNull(key, "key");
        requireScope(scope);
    }

    static void requireScope(String scope) {
        if (scope.isEmpty() || scope.length() > LONGEST_SCOPE) {
            throw new IllegalArgumentException(
                    "gate: scope must have 1 to " + LONGEST_SCOPE + " characters, had " + scope.length());
        }
        if (scope.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("gate: scope must have no control characters");
        }
    }

    @Override
    public String toString() {
        return "key " + key + " of " + scope;
    }
}
