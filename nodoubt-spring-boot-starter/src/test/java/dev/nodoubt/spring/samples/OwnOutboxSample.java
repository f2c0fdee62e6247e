package dev.nodoubt.spring.samples;

import dev.nodoubt.spring.DurableClient;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.client.RestClient;

/** From a table of one's own. */
final class OwnOutboxSample {

    private OwnOutboxSample() {}

    static class Before {

        private final Ledger ledger;
        private final JdbcClient jdbc;
        private final RestClient rest;

        Before(Ledger ledger, JdbcClient jdbc, RestClient rest) {
            this.ledger = ledger;
            this.jdbc = jdbc;
            this.rest = rest;
        }

        // tag::before[]
        @Transactional
        public void transfer(Transfer transfer) {
            ledger.book(transfer);
            jdbc.sql("INSERT INTO own_outbox (body) VALUES (?)")
                    .param(transfer.note())
                    .update();
        }

        @Scheduled(fixedDelay = 1000)
        @Transactional
        public void send() {
            for (Map<String, Object> row : jdbc.sql(
                            "SELECT id, body FROM own_outbox WHERE NOT sent ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED")
                    .query()
                    .listOfRows()) {
                // what was sent before a crash or a lost answer is sent again, and the receiver cannot tell
                rest.post()
                        .uri("/api/notifications")
                        .body(Map.of("text", row.get("body")))
                        .retrieve()
                        .toBodilessEntity();
                jdbc.sql("UPDATE own_outbox SET sent = true WHERE id = ?")
                        .param(row.get("id"))
                        .update();
            }
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

        // tag::moving[]
        // once, in one transaction: what waited in the old table waits in the new one
        @Transactional
        public void move(JdbcClient jdbc) {
            jdbc.sql("SELECT id, body FROM own_outbox WHERE NOT sent ORDER BY id FOR UPDATE")
                    .query()
                    .listOfRows()
                    .forEach(row -> calls.post("mail")
                            .uri("/api/notifications")
                            .body(Map.of("text", row.get("body")))
                            .with(call -> call.withBusinessKey("own_outbox " + row.get("id")))
                            .send());
            jdbc.sql("UPDATE own_outbox SET sent = true WHERE NOT sent").update();
        }
        // end::moving[]
    }
}
