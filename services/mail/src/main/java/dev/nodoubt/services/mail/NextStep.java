package dev.nodoubt.services.mail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a delivery after an attempt. A pure function of the delivery and the attempt's result.
 *
 * @param state the new state
 * @param doubts attempts so far whose end is not known: so many more copies may exist
 * @param after how long until the next attempt; null when the worker does nothing more
 * @param last one line about this attempt
 */
record NextStep(DeliveryState state, int doubts, @Nullable Duration after, String last) {

    /**
     * Decides.
     *
     * <p>Doubt does not heal: after an attempt in doubt, a later refusal says nothing about the earlier copy, so the
     * delivery stays in doubt and a permanent refusal parks it for a person instead of failing it.
     *
     * @param doubts attempts before this one whose end is not known
     * @param backoff the wait before another attempt, where there is one
     */
    static NextStep after(SendResult result, int doubts, DeliveryPolicy policy, Duration backoff) {
        if (result instanceof SendResult.Sent) {
            return new NextStep(DeliveryState.SENT, doubts, null, result.reason());
        }
        if (result instanceof SendResult.NotSent refused && refused.permanent()) {
            return doubts == 0
                    ? new NextStep(DeliveryState.FAILED, 0, null, result.reason())
                    : new NextStep(
                            DeliveryState.IN_DOUBT,
                            doubts,
                            null,
                            result.reason() + "; an earlier copy may have arrived");
        }
        int known = result instanceof SendResult.InDoubt ? doubts + 1 : doubts;
        if (known == 0) {
            return new NextStep(DeliveryState.WAITING, 0, backoff, result.reason());
        }
        Duration again = policy == DeliveryPolicy.AT_LEAST_ONCE ? backoff : null;
        return new NextStep(DeliveryState.IN_DOUBT, known, again, result.reason());
    }
}
