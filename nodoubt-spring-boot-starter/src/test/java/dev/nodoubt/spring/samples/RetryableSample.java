package dev.nodoubt.spring.samples;

import dev.nodoubt.spring.DurableClient;
import dev.nodoubt.spring.samples.Transfer.Mail;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** From Spring's own retries. */
final class RetryableSample {

    private RetryableSample() {}

    static class Before {

        private final RestClient rest;

        Before(RestClient rest) {
            this.rest = rest;
        }

        // tag::before[]
        // without a key each retry after a lost answer is one more mail; a crash forgets the rest
        @Retryable(includes = ResourceAccessException.class, maxRetries = 4, delay = 2000, multiplier = 2)
        public void send(Mail mail) {
            rest.post().uri("/api/notifications").body(mail).retrieve().toBodilessEntity();
        }
        // end::before[]
    }

    static class After {

        private final DurableClient calls;

        After(DurableClient calls) {
            this.calls = calls;
        }

        // tag::after[]
        // nodoubt.targets.mail.backoff.first=2s and the like replace the annotation
        @Transactional(propagation = Propagation.MANDATORY)
        public void send(Mail mail) {
            calls.post("mail").uri("/api/notifications").body(mail).send();
        }
        // end::after[]
    }
}
