package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** {@code transfer.mail.remedy=log}, with one database for both services. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=${test.log.url}",
            "nodoubt.targets.mail.base-url=${test.log.address}",
            "transfer.mail.remedy=log",
            "nodoubt.targets.mail.query.processing-time=300ms"
        })
class LogRemedyTest extends RemedyTest {

    private static final JdbcClient SHARED = JdbcClient.create(POSTGRES.createDatabase("transfer_log"));
    private static final RemedyMail LOGGING = new RemedyMail((id, status) -> {
        if (status.equals("DONE")) {
            SHARED.sql("insert into mail_log (notification_id, request_id) values (:notification, :id)")
                    .param("notification", UUID.randomUUID())
                    .param("id", id)
                    .update();
        }
    });

    @DynamicPropertySource
    static void logging(DynamicPropertyRegistry properties) {
        RemedyMail.createTables(POSTGRES.dataSource("transfer_log"), "log");
        properties.add("test.log.url", () -> POSTGRES.jdbcUrl("transfer_log"));
        properties.add("test.log.address", LOGGING::address);
    }

    @Override
    RemedyMail mail() {
        return LOGGING;
    }

    @Test
    void after_a_lost_answer_the_log_tells_and_nothing_is_sent_again() {
        notificationTo(RemedyMail.ANSWER_LOST, "executed");

        assertThat(count("mail_log")).isEqualTo(1);
    }

    @Test
    void no_row_proves_nothing_and_nothing_is_sent_again() {
        notificationTo(RemedyMail.REQUEST_LOST, "unresolved");
    }
}
