package dev.nodoubt.staged;

import dev.nodoubt.Backoff;
import java.time.Duration;
import java.util.Objects;

/**
 * A kind of effect and how it is repeated. Immutable.
 *
 * @param name as in {@link Intent}
 * @param policy what is done in doubt
 * @param attemptTimeout within which the effect ends each attempt by itself, 1 ms to 1 h
 * @param backoff the waits between attempts of one intent
 */
public record StagedKind(String name, StagedPolicy policy, Duration attemptTimeout, Backoff backoff) {

    public StagedKind {
        Intent.requireKind(name);
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(backoff, "backoff");
        StagedWorker.requireRange("kind " + name + ": attemptTimeout", attemptTimeout, Duration.ofHours(1));
    }
}
