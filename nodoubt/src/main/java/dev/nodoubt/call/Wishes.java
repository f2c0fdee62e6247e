package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What operators want of the calls that are held: their next step at once, true where that is to be a query. A wish stays
 * in the store until its step was taken, so it is heard again with each scan, and by whoever holds the call next; at worst
 * its step is taken twice. Lives on the loop.
 */
final class Wishes {

    private final Target target;
    private final HeldCalls calls;

    /** Not gone from the store yet. */
    private final Map<IdempotencyKey, Boolean> done = new HashMap<>();

    Wishes(Target target, HeldCalls calls) {
        this.target = target;
        this.calls = calls;
    }

    /**
     * Wishes as the store has them. Those make a call due that can be done now: no wish to ask hurries another step than a
     * query.
     */
    void hear(Map<IdempotencyKey, Boolean> wishes, long holder, Instant now) {
        Set<IdempotencyKey> due = new HashSet<>();
        wishes.forEach((key, asks) -> {
            Held h = calls.find(key, holder);
            if (h == null || asks.equals(done.get(key)) || asks.equals(h.served)) {
                return;
            }
            h.wish = asks;
            if (!asks || CallMachine.mayAsk(h.call().progress(), target.capability(), now)) {
                due.add(key);
            }
        });
        calls.hurry(due, now);
    }

    /** The step that a call takes now, which does what is wanted of it where it can. */
    Step next(Held h, Instant now) {
        Progress progress = h.call().progress();
        Boolean asks = h.wish;
        boolean asksNow = asks != null && asks && CallMachine.mayAsk(progress, target.capability(), now);
        if (asks != null && (asksNow || !asks)) {
            h.served = asks;
            h.wish = null;
        }
        return asksNow ? Step.QUERY : CallMachine.next(progress, target.capability(), now);
    }

    /** The step was taken. */
    void taken(Held h) {
        if (h.served != null) {
            done.put(h.call().key(), h.served);
            h.served = null;
        }
    }

    /** The step was not taken. */
    void notTaken(Held h) {
        h.wish = h.wish == null ? h.served : h.wish;
        h.served = null;
    }

    /**
     * What was done since this was last asked, and stands in the rows: while a wish is in the store no cancel believes a row
     * that it has yet to wait.
     */
    Map<IdempotencyKey, Boolean> takeDone() {
        Map<IdempotencyKey, Boolean> taken = new HashMap<>(done);
        taken.keySet().removeIf(calls::isUnderWay);
        done.keySet().removeAll(taken.keySet());
        return taken;
    }
}
