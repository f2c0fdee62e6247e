package dev.nodoubt.staged;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process has claimed of one kind, for sure or perhaps. Thread-safe. */
final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(StagedWorker.class);
    private static final Duration POSTPONED = Duration.ofSeconds(2);

    private final StagedStore store;
    private final StagedKind kind;
    private final Duration lease;
    private final Duration poll;
    /** Intents whose attempts run here or wait to be recorded. */
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    /** Tokens of claims whose transaction failed: they may stand all the same. */
    private final Queue<UUID> unclear = new ConcurrentLinkedQueue<>();

    private volatile long parkAt = System.nanoTime();

    Claims(StagedStore store, StagedKind kind, StagedWorker.Settings settings) {
        this.store = store;
        this.kind = kind;
        this.lease = settings.lease();
        this.poll = settings.poll();
    }

    /** Claims what is due next; what stands unclear is given back before. */
    Optional<Claim> next() {
        giveBackUnclear();
        long begun = System.nanoTime();
        UUID token = UUID.randomUUID();
        try {
            if (kind.policy() == StagedPolicy.AT_MOST_ONCE) {
                park();
            }
            Optional<Claim> claim = store.claim(kind.name(), token, lease, kind.policy(), held);
            Duration left = lease.minusNanos(System.nanoTime() - begun);
            if (claim.isPresent() && left.compareTo(kind.attemptTimeout()) < 0) {
                throw new IllegalStateException(
                        "a claim took so long that its lease could end before the attempt does; it is given back");
            }
            return claim;
        } catch (RuntimeException | Error e) {
            unclear.add(token);
            throw e;
        }
    }

    private void giveBackUnclear() {
        for (UUID token = unclear.peek(); token != null; token = unclear.peek()) {
            store.giveBack(kind.name(), token, POSTPONED);
            unclear.remove(token);
        }
    }

    /** Once in a poll interval: it looks at everything that is due, and is not urgent. */
    private void park() {
        if (System.nanoTime() - parkAt < 0) {
            return;
        }
        parkAt = System.nanoTime() + poll.toNanos();
        int parked = store.park(kind.name(), held);
        if (parked > 0) {
            LOG.warn(
                    "ND-0507 {} {} intents are in doubt and parked, a person decides: the policy is at most once",
                    parked,
                    kind.name());
        }
    }

    void hold(Claim claim) {
        held.add(claim.intent().id());
    }

    void release(Claim claim) {
        held.remove(claim.intent().id());
    }

    /** How many attempts run or wait to be recorded. */
    int held() {
        return held.size();
    }
}
