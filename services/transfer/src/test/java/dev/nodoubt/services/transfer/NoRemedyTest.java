package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nodoubt.services.transfer.NotificationProperties.Database;
import dev.nodoubt.services.transfer.NotificationProperties.OnNever;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** {@code transfer.mail.remedy=none}. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=${test.none.url}",
            "nodoubt.targets.mail.base-url=${test.none.address}",
            "transfer.mail.remedy=none"
        })
class NoRemedyTest extends RemedyTest {

    private static final RemedyMail SILENT = new RemedyMail((id, status) -> {});

    @DynamicPropertySource
    static void silent(DynamicPropertyRegistry properties) {
        POSTGRES.createDatabase("transfer_none");
        properties.add("test.none.url", () -> POSTGRES.jdbcUrl("transfer_none"));
        properties.add("test.none.address", SILENT::address);
    }

    @Override
    RemedyMail mail() {
        return SILENT;
    }

    @Test
    void what_is_in_doubt_stays_for_a_person_and_nothing_is_sent_again() {
        notificationTo("kim@example.com", "executed");
        notificationTo(RemedyMail.ANSWER_LOST, "unresolved");
        notificationTo(RemedyMail.REQUEST_LOST, "unresolved");
    }

    @Test
    void another_word_and_a_deadline_out_of_bounds_are_refused_by_name() {
        Database own = new Database(null, null, null);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new NotificationProperties("FLAG", Duration.ofHours(1), OnNever.KEEP, own))
                .withMessage("transfer.mail.remedy must be one of nodoubt, flag, log, none, was \"FLAG\"");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new NotificationProperties("none", Duration.ofDays(14), OnNever.KEEP, own))
                .withMessage("transfer.mail.deadline must be more than 0 and at most 13d, was PT336H");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Database(null, "postgres", null))
                .withMessageStartingWith("transfer.mail.database.url is missing");
    }
}
