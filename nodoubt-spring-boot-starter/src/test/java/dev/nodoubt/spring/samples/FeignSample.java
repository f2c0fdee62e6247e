package dev.nodoubt.spring.samples;

import dev.nodoubt.spring.Durable;
import dev.nodoubt.spring.samples.Transfer.Mail;
import dev.nodoubt.spring.samples.Transfer.Receipt;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

/** From a Feign interface, which examples/spring-cloud-openfeign has. */
final class FeignSample {

    private FeignSample() {}

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
}
