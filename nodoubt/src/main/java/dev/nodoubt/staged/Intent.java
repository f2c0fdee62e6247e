package dev.nodoubt.staged;

import dev.nodoubt.Payload;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What shall happen outside the transaction, once that has committed. Immutable; {@code toString} hides the payload.
 *
 * <p>Everything that makes up the effect's bytes belongs into the payload, so that each attempt sends the same ones,
 * whatever the configuration has become since.
 *
 * @param id names it for ever, to the other side as well where that recognises repetitions; no secret. A version 7 UUID,
 *     as {@link dev.nodoubt.IdempotencyKey#create} makes, keeps the table's index compact
 * @param kind names the effect, which a {@link StagedKind} of the same name carries out: 1 to 64 characters of
 *     {@code a-z 0-9 . -}
 * @param scope whose it is: who may see and withdraw it; as the gate's scope, 1 to 128 characters without control
 *     characters
 * @param payload the effect's own; erased with the intent
 */
public record Intent(UUID id, String kind, String scope, Payload payload) {

    private static final int LONGEST_SCOPE = 128;
    private static final Pattern KIND = Pattern.compile("[a-z0-9.-]{1,64}");

    public Intent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(payload, "payload");
        requireKind(kind);
        if (scope.isEmpty() || scope.length() > LONGEST_SCOPE) {
            throw new IllegalArgumentException(
                    "intent: scope must have 1 to " + LONGEST_SCOPE + " characters, had " + scope.length());
        }
        if (scope.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("intent: scope must have no control characters");
        }
    }

    static void requireKind(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("intent: kind must be 1 to 64 characters of a-z 0-9 . - , was \""
                    + kind.replaceAll("[^!-~]", "?") + '"');
        }
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
