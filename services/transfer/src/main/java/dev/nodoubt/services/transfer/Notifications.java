package dev.nodoubt.services.transfer;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.services.transfer.NotificationView.Delivery;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out what is known of a notification. Holds no database connection while it asks the mail service. */
@Component
final class Notifications {

    private final Outbox outbox;
    private final MailClient mail;

    Notifications(Outbox outbox, MailClient mail) {
        this.outbox = outbox;
        this.mail = mail;
    }

    /** The call's outcome; nobody else is asked. */
    NotificationView outcome(IdempotencyKey key) {
        return outbox.find(key).map(NotificationView::of).orElseGet(() -> NotificationView.forgotten(key.value()));
    }

    /** The call's outcome, and of an executed one also what the mail service says now. */
    NotificationView withDelivery(IdempotencyKey key) {
        Optional<RecordedCall> call = outbox.find(key);
        if (call.isEmpty()) {
            return NotificationView.forgotten(key.value());
        }
        NotificationView view = NotificationView.of(call.get());
        Optional<Payload> acceptance = NotificationView.acceptance(call.get());
        return switch (call.get().state()) {
            case EXECUTED ->
                view.with(acceptance
                        .map(mail::delivery)
                        .orElseGet(() -> Delivery.none("the mail service's reply is no longer kept")));
            default -> view;
        };
    }
}
