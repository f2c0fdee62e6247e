package dev.nodoubt.services.mail;

import dev.nodoubt.test.EmbeddedPostgres;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database of its own, with the service's tables in it. */
final class MailDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();

    final JdbcClient jdbc;
    final TransactionTemplate transactions;
    final Deliveries deliveries;

    MailDatabase(EmbeddedPostgres server) {
        DataSource dataSource = server.createDatabase("mail" + COUNT.incrementAndGet());
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.deliveries = new Deliveries(jdbc);
        new MailSchema(jdbc, transactions).create();
    }

    /** A recorded, waiting notification. */
    UUID record() {
        UUID id = UUID.randomUUID();
        deliveries.record(
                id,
                "<" + id + "@mail.example>",
                "bank@mail.example",
                new Notification("kim@example.com", "이체 완료", "보냈습니다", "T-1"));
        return id;
    }

    /** As a worker leaves it that died in the middle of an attempt whose lease has run out. */
    UUID recordAbandoned() {
        UUID id = record();
        jdbc.sql("""
                        UPDATE delivery
                        SET state = 'sending', attempts = 1, lease = :lease, next_at = now() - interval '1 second'
                        WHERE id = :id
                        """).param("lease", UUID.randomUUID()).param("id", id).update();
        return id;
    }

    Delivery find(UUID id) {
        return deliveries.find(id).orElseThrow();
    }
}
