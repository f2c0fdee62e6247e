package dev.nodoubt.spring.samples;

import dev.nodoubt.spring.DurableClient;
import dev.nodoubt.spring.samples.Transfer.Receipt;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.RestTemplate;

/** From RestTemplate. */
final class RestTemplateSample {

    private RestTemplateSample() {}

    static class Before {

        private final Ledger ledger;
        private final RestTemplate rest;

        Before(Ledger ledger, RestTemplate rest) {
            this.ledger = ledger;
            this.rest = rest;
        }

        // tag::before[]
        @Transactional
        public void transfer(Transfer transfer) {
            ledger.book(transfer);
            // a read timeout here rolls the booking back, and the mail about it may have left
            rest.postForObject("/api/notifications", transfer.mail(), Receipt.class);
        }
        // end::before[]
    }

    static class After {

        private final Ledger ledger;
        private final DurableClient calls;

        After(Ledger ledger, DurableClient calls) {
            this.ledger = ledger;
            this.calls = calls;
        }

        // tag::after[]
        @Transactional
        public void transfer(Transfer transfer) {
            ledger.book(transfer);
            calls.post("mail").uri("/api/notifications").body(transfer.mail()).send();
        }
        // end::after[]
    }
}
