package dev.nodoubt.staged;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempts of one kind and records their ends. Thread-safe. */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(StagedWorker.class);
    private static final Duration RECORD_AGAIN = Duration.ofMillis(200);

    private final StagedStore store;
    private final StagedKind kind;
    private final Effect effect;
    private final Claims claims;

    Attempts(StagedStore store, StagedKind kind, Effect effect, Claims claims) {
        this.store = store;
        this.kind = kind;
        this.effect = effect;
        this.claims = claims;
    }

    /** Attempts what is claimed and records the end. */
    void make(Claim claim, Closing closing) {
        claims.hold(claim);
        try {
            EffectResult result = attempt(claim);
            Duration wait =
                    kind.backoff().after(IdempotencyKey.of(claim.intent().id()), claim.attempts());
            NextStep next = NextStep.after(result, claim.doubts(), kind.policy(), wait);
            log(claim, next);
            record(claim, next, closing);
        } finally {
            claims.release(claim);
        }
    }

    private EffectResult attempt(Claim claim) {
        try {
            return effect.attempt(claim);
        } catch (Exception | Error e) {
            // Not its message, which may hold what was to be sent.
            LOG.error(
                    "ND-0503 {}: attempt {} threw {} {}, so its end is not known",
                    claim.intent(),
                    claim.attempts(),
                    e.getClass().getName(),
                    Stream.of(e.getStackTrace())
                            .findFirst()
                            .map(at -> "at " + at)
                            .orElse(""));
            return new EffectResult.InDoubt(
                    "the attempt failed with " + e.getClass().getSimpleName());
        }
    }

    /** Does not give up while the worker runs: what is known must not become a doubt for want of a database. */
    private void record(Claim claim, NextStep next, Closing closing) {
        boolean told = false;
        while (true) {
            try {
                if (!store.complete(claim, next)) {
                    LOG.warn(
                            "ND-0504 {}: the end of attempt {} stands already, or its lease ran out",
                            claim.intent(),
                            claim.attempts());
                }
                return;
            } catch (RuntimeException | Error e) {
                if (!told) {
                    LOG.warn(
                            "ND-0505 {}: the end of attempt {} is not recorded yet, tried again each {} ms: {}",
                            claim.intent(),
                            claim.attempts(),
                            RECORD_AGAIN.toMillis(),
                            StagedWorker.firstLine(e));
                    told = true;
                }
                if (closing.await(RECORD_AGAIN)) {
                    return;
                }
            }
        }
    }

    /** Without the other side's words: they may hold an address. */
    private static void log(Claim claim, NextStep next) {
        if (next.state() == IntentState.SENT) {
            LOG.debug("{} is sent, attempt {}", claim.intent(), claim.attempts());
            return;
        }
        Duration after = next.after();
        LOG.warn(
                "ND-0506 {} is {} after attempt {}; {}",
                claim.intent(),
                next.state().word(),
                claim.attempts(),
                after == null ? "nothing more is tried" : "next attempt in " + after.toMillis() + " ms");
    }
}
