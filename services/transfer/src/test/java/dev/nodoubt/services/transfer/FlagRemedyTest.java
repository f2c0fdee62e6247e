package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** {@code transfer.mail.remedy=flag}, with the mail service's database apart. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=${test.flag.url}",
            "nodoubt.targets.mail.base-url=${test.flag.address}",
            "transfer.mail.remedy=flag",
            "nodoubt.targets.mail.query.processing-time=300ms"
        })
class FlagRemedyTest extends RemedyTest {

    private static final JdbcClient SHARED = JdbcClient.create(POSTGRES.createDatabase("mail_flag"));
    private static final RemedyMail FLAGGING =
            new RemedyMail((id, status) -> SHARED.sql("update mail_request set status = :status where request_id = :id")
                    .param("status", status)
                    .param("id", id)
                    .update());

    @Autowired
    private DataSource own;

    @Autowired
    private PlatformTransactionManager transactions;

    @DynamicPropertySource
    static void flagging(DynamicPropertyRegistry properties) {
        POSTGRES.createDatabase("transfer_flag");
        RemedyMail.createTables(POSTGRES.dataSource("mail_flag"), "flag");
        properties.add("test.flag.url", () -> POSTGRES.jdbcUrl("transfer_flag"));
        properties.add("transfer.mail.database.url", () -> POSTGRES.jdbcUrl("mail_flag"));
        properties.add("transfer.mail.database.username", () -> "postgres");
        properties.add("test.flag.address", FLAGGING::address);
    }

    @Override
    RemedyMail mail() {
        return FLAGGING;
    }

    @Test
    void an_answer_that_comes_is_the_outcome() {
        JsonNode executed = notificationTo("kim@example.com", "executed");

        assertThat(flag(executed)).isEqualTo("DONE");
        assertThat(flag(notificationTo(RemedyMail.REFUSED, "rejected"))).isEqualTo("REFUSED");
    }

    @Test
    void after_a_lost_answer_the_flag_tells_and_nothing_is_sent_again() {
        assertThat(flag(notificationTo(RemedyMail.ANSWER_LOST, "executed"))).isEqualTo("DONE");
    }

    @Test
    void a_flag_that_nobody_set_proves_nothing_and_nothing_is_sent_again() {
        assertThat(flag(notificationTo(RemedyMail.REQUEST_LOST, "unresolved"))).isEqualTo("NEW");
    }

    @Test
    void in_this_services_own_database_the_row_goes_back_with_the_transfer() {
        RemedyMail.createTables(own, "flag");
        RequestRow row = new RemedyConfiguration()
                .requestRow(MailDatabase.of(new NotificationProperties.Database(null, null, null), own));
        IdempotencyKey kept = newKey();

        new TransactionTemplate(transactions).executeWithoutResult(status -> row.write(kept));
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            row.write(newKey());
            status.setRollbackOnly();
        });

        assertThat(jdbc.sql("select request_id from mail_request")
                        .query(UUID.class)
                        .list())
                .containsExactly(kept.uuid().orElseThrow());
    }

    private static String flag(JsonNode notification) {
        return SHARED.sql("select status from mail_request where request_id = :id")
                .param("id", UUID.fromString(notification.path("key").asString()))
                .query(String.class)
                .single();
    }
}
