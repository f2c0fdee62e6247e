package dev.nodoubt.services.mail;

import dev.nodoubt.jdbc.JdbcStagedStore;
import dev.nodoubt.jdbc.Schema;
import dev.nodoubt.staged.Intent;
import dev.nodoubt.staged.IntentStatus;
import dev.nodoubt.staged.StagedEffects;
import dev.nodoubt.staged.StagedPolicy;
import dev.nodoubt.staged.StagedStore;
import dev.nodoubt.test.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database of its own, with the tables of intents in it. */
final class MailDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String CALLER = "bank";

    final StagedStore store;
    final StagedEffects effects;
    private final DataSource dataSource;

    MailDatabase(EmbeddedPostgres server) {
        this.dataSource = server.createDatabase("mail" + COUNT.incrementAndGet());
        new Schema(dataSource).create();
        this.store = new JdbcStagedStore(dataSource);
        this.effects = new StagedEffects(store);
    }

    /** A recorded, waiting notification. */
    UUID record() throws SQLException {
        UUID id = UUID.randomUUID();
        Notification content = new Notification("kim@example.com", "이체 완료", "보냈습니다", "T-1");
        Intent intent = new Intent(
                id, MailEffect.KIND, CALLER, MailPayload.of("<" + id + "@mail.example>", "bank@mail.example", content));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            effects.record(connection, intent);
            connection.commit();
        }
        return id;
    }

    /** As a worker leaves it that died in the middle of an attempt, before or after the first byte: nobody knows. */
    UUID recordAbandoned() throws SQLException {
        record();
        return store.claim(MailEffect.KIND, UUID.randomUUID(), Duration.ZERO, StagedPolicy.AT_LEAST_ONCE, Set.of())
                .orElseThrow()
                .intent()
                .id();
    }

    IntentStatus find(UUID id) {
        return effects.find(CALLER, id).orElseThrow();
    }
}
