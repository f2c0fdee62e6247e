package dev.nodoubt.spring.samples;

import dev.nodoubt.spring.DurableClient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.client.RestClient;

/** From listeners that call after the commit. */
final class EventListenerSample {

    private EventListenerSample() {}

    static class Transfers {

        private final Ledger ledger;
        private final ApplicationEventPublisher events;

        Transfers(Ledger ledger, ApplicationEventPublisher events) {
            this.ledger = ledger;
            this.events = events;
        }

        @Transactional
        public void transfer(Transfer transfer) {
            ledger.book(transfer);
            events.publishEvent(transfer);
        }
    }

    static class Before {

        private final RestClient rest;

        Before(RestClient rest) {
            this.rest = rest;
        }

        // tag::before[]
        // after the commit: whoever dies here, or gets no answer, leaves a transfer without a known mail
        @TransactionalEventListener
        public void booked(Transfer transfer) {
            rest.post()
                    .uri("/api/notifications")
                    .body(transfer.mail())
                    .retrieve()
                    .toBodilessEntity();
        }
        // end::before[]
    }

    static class After {

        private final DurableClient calls;

        After(DurableClient calls) {
            this.calls = calls;
        }

        // tag::after[]
        // within the transaction: recorded with the booking or not at all
        @EventListener
        public void booked(Transfer transfer) {
            calls.post("mail").uri("/api/notifications").body(transfer.mail()).send();
        }
        // end::after[]
    }
}
