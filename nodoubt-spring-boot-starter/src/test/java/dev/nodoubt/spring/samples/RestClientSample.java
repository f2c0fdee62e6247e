package dev.nodoubt.spring.samples;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.Durable;
import dev.nodoubt.spring.DurableClient;
import dev.nodoubt.spring.IdempotencyKeyInterceptor;
import dev.nodoubt.spring.UnansweredException;
import dev.nodoubt.spring.samples.Transfer.Mail;
import dev.nodoubt.spring.samples.Transfer.Receipt;
import java.util.Optional;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** From RestClient. */
final class RestClientSample {

    private RestClientSample() {}

    static class Before {

        private final Ledger ledger;
        private final RestClient rest;

        Before(Ledger ledger, RestClient rest) {
            this.ledger = ledger;
            this.rest = rest;
        }

        // tag::before[]
        @Transactional
        public void transfer(Transfer transfer) {
            ledger.book(transfer);
            rest.post()
                    .uri("/api/notifications")
                    .body(transfer.mail())
                    .retrieve()
                    .body(Receipt.class);
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
        public Durable<Receipt> transfer(Transfer transfer) {
            ledger.book(transfer);
            return calls.post("mail")
                    .uri("/api/notifications")
                    .body(transfer.mail())
                    .with(call -> call.inOrderOf(transfer.from()))
                    .send(Receipt.class);
        }
        // end::after[]
    }

    /** Where the call stays synchronous. */
    static class Synchronous {

        private final RestClient rest;

        // tag::interceptor[]
        Synchronous(RestClient.Builder builder) {
            rest = builder.requestInterceptor(new IdempotencyKeyInterceptor()).build();
        }

        String send(Mail mail, IdempotencyKey key) {
            try {
                rest.post()
                        .uri("/api/notifications")
                        .attribute(IdempotencyKeyInterceptor.KEY, key) // of the first try, for each further one
                        .body(mail)
                        .retrieve()
                        .toBodilessEntity();
                return "sent";
            } catch (ResourceAccessException e) {
                Optional<UnansweredException> unanswered = UnansweredException.in(e);
                return unanswered.filter(UnansweredException::isNotSent).isPresent() ? "not sent" : "in doubt";
            }
        }
        // end::interceptor[]
    }
}
