package dev.nodoubt.services.transfer;

import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.RecordedCall;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known of a transfer's notification: the outcome of the call, and apart from it what the mail service says of the
 * delivery.
 *
 * @param key of the call
 * @param outcome {@code waiting}, {@code in-doubt}, {@code unresolved}, {@code executed}, {@code rejected} or {@code
 *     never}; null when the call is no longer kept
 * @param attempts made so far, the first included
 * @param last what the last attempt showed and what comes next, for a person
 * @param delivery as the mail service tells it at this moment; null with a reason
 * @param deliveryReason why there is no delivery to show; null when there is one
 */
record NotificationView(
        String key,
        @Nullable String outcome,
        int attempts,
        String last,
        @Nullable JsonNode delivery,
        @Nullable String deliveryReason) {

    /** Just recorded: nothing was sent before this transaction commits. */
    static NotificationView recorded(String key) {
        return new NotificationView(key, word(CallState.WAITING), 0, "", null, "the call was not sent yet");
    }

    static NotificationView forgotten(String key) {
        return new NotificationView(key, null, 0, "", null, "the call is no longer kept");
    }

    static NotificationView of(RecordedCall call) {
        String reason = switch (call.state()) {
            case WAITING -> "the mail service has not taken the notification yet";
            case IN_DOUBT -> "it is not known yet whether the mail service took the notification";
            case UNRESOLVED -> "nobody can know by asking; a person must look";
            case HANDLING -> "the outcome is known and is being recorded with the transfer";
            case EXECUTED -> "not asked";
            case REJECTED -> "the mail service refused the notification";
            case NEVER -> "the notification was never taken and never will be";
        };
        return new NotificationView(call.key().value(), word(call.state()), call.attempts(), call.last(), null, reason);
    }

    /** The recorded reply of an executed call, where its body was kept. */
    static Optional<Payload> acceptance(RecordedCall call) {
        return Optional.ofNullable(call.settled())
                .map(RecordedCall.Settled::outcome)
                .filter(Outcome.Executed.class::isInstance)
                .map(Outcome.Executed.class::cast)
                .map(Outcome.Executed::reply)
                .map(Reply::body);
    }

    NotificationView with(Delivery found) {
        return new NotificationView(key, outcome, attempts, last, found.state(), found.reason());
    }

    private static String word(CallState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What was learned about a delivery.
     *
     * @param state the mail service's own words
     * @param reason why there is none
     */
    record Delivery(@Nullable JsonNode state, @Nullable String reason) {

        static Delivery none(String reason) {
            return new Delivery(null, reason);
        }
    }
}
