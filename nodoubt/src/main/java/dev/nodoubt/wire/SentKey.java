package dev.nodoubt.wire;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The key of a request with the time of its first sending, or what is wrong with them.
 */
sealed interface SentKey {

    /**
     * @param firstSent null when the caller did not say
     */
    record Present(IdempotencyKey key, @Nullable Instant firstSent) implements SentKey {}

    /**
     * @param rule one line for the caller, without the value
     */
    record Refused(Problem problem, String rule) implements SentKey {}

    static SentKey of(Headers headers, boolean lenient) {
        KeyHeader header = KeyHeader.of(headers, lenient);
        if (header instanceof KeyHeader.Missing) {
            return new Refused(
                    Problem.KEY_REQUIRED,
                    "this request needs the header " + Headers.IDEMPOTENCY_KEY + ": one version 7 UUID for each call");
        }
        if (header instanceof KeyHeader.Malformed malformed) {
            return new Refused(Problem.KEY_INVALID, malformed.rule());
        }
        FirstSentHeader sent = FirstSentHeader.of(headers);
        if (sent instanceof FirstSentHeader.Malformed malformed) {
            return new Refused(Problem.KEY_INVALID, malformed.rule());
        }
        return new Present(
                ((KeyHeader.Present) header).key(),
                sent instanceof FirstSentHeader.Present present ? present.time() : null);
    }
}
