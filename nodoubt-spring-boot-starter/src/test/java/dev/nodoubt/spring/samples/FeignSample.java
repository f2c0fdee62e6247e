package dev.nodoubt.spring.samples;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.spring.Durable;
import dev.nodoubt.spring.UnansweredException;
import dev.nodoubt.spring.samples.Transfer.Mail;
import dev.nodoubt.spring.samples.Transfer.Receipt;
import dev.nodoubt.wire.Headers;
import feign.Client;
import feign.Request;
import feign.RequestInterceptor;
import feign.RequestLine;
import feign.RequestTemplate;
import feign.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** From a Feign interface. */
final class FeignSample {

    private FeignSample() {}

    static final class Before {

        private Before() {}

        // tag::before[]
        interface Mails {

            @RequestLine("POST /api/notifications")
            @feign.Headers("Content-Type: application/json")
            Receipt send(Mail mail);
        }
        // end::before[]
    }

    static class After {

        private final Ledger ledger;
        private final Mails mails;

        After(Ledger ledger, Mails mails) {
            this.ledger = ledger;
            this.mails = mails;
        }

        // tag::after[]
        interface Mails {

            @PostExchange("/api/notifications")
            Durable<Receipt> send(@RequestBody Mail mail);
        }

        @Transactional
        public Durable<Receipt> transfer(Transfer transfer) {
            ledger.book(transfer);
            return mails.send(transfer.mail());
        }
        // end::after[]
    }

    // tag::key[]
    /** A bean of this type gives each request of every Feign client its key; Feign's own retries keep it. */
    static final class Key implements RequestInterceptor {

        @Override
        public void apply(RequestTemplate request) {
            if (!request.method().equals("GET") && !request.headers().containsKey(Headers.IDEMPOTENCY_KEY)) {
                request.header(Headers.IDEMPOTENCY_KEY, Headers.quoted(IdempotencyKey.create(Instant.now())));
            }
        }
    }

    /** A bean of this type around the client in use tells not sent from lost. */
    record Classifying(Client client) implements Client {

        @Override
        public Response execute(Request request, Request.Options options) throws IOException {
            Collection<String> keys = request.headers().getOrDefault(Headers.IDEMPOTENCY_KEY, List.of());
            try {
                return client.execute(request, options);
            } catch (IOException fault) {
                if (keys.isEmpty()) {
                    throw fault;
                }
                String quoted = keys.iterator().next();
                IdempotencyKey key = IdempotencyKey.of(quoted.substring(1, quoted.length() - 1));
                throw UnansweredException.of(request.httpMethod().name() + " by Feign", key, fault);
            }
        }
    }
    // end::key[]
}
