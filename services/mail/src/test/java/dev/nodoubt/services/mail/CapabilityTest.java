package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.services.mail.RunningService.Database;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mail.capability} and {@code --capability} choose, on H2. */
final class CapabilityTest {

    @Test
    void logWritesARowForEachMailInTheTransactionOfItsIntentAndWithoutTheRowThereIsNoMail() throws Exception {
        UUID request = UUID.randomUUID();
        try (RunningService service = RunningService.start(Database.h2(), "mail.capability=log")) {
            String first = accepted(service, request);
            String second = accepted(service, request);
            HttpResponse<String> refused = service.post("", "{}", "Request-Id", request.toString());

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(service.jdbc()
                            .sql("SELECT notification_id FROM mail_log WHERE request_id = ? ORDER BY recorded_at")
                            .params(request)
                            .query(String.class)
                            .list())
                    .containsExactlyInAnyOrder(first, second);
            assertThat(service.recorded()).isEqualTo(2);
            assertThat(service.get("/nodoubt/outcome").statusCode()).isEqualTo(404);

            service.jdbc().sql("DROP TABLE mail_log").update();
            HttpResponse<String> failed =
                    service.post("", service.body("kim@example.com"), "Request-Id", request.toString());

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(service.recorded()).isEqualTo(2);
        }
    }

    @Test
    void noneIgnoresTheHeaderAndSendsEachRequest() throws Exception {
        try (RunningService service = RunningService.start(Database.h2(), "mail.capability=none")) {
            service.post("", service.body("kim@example.com"), "Request-Id", "no UUID");
            service.post("", service.body("kim@example.com"), "Request-Id", "no UUID");

            await().atMost(RunningService.PATIENCE)
                    .until(() -> service.smtp().mails().size() == 2);
            assertThat(service.postTo("/nodoubt/fence", "", "{}").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flags", "FLAG"})
    void anotherWordEndsTheStart(String word) {
        assertThatThrownBy(() -> RunningService.start(Database.h2(), "mail.capability=" + word))
                .hasRootCauseMessage("mail.capability must be one of nodoubt, flag, log, none, was \"" + word + '"');
    }

    @Test
    void theOptionIsTheProperty() {
        assertThat(Arguments.properties("--server.port=0", "--capability", "flag"))
                .containsExactly("--server.port=0", "--mail.capability=flag");
        assertThat(Arguments.properties("--capability=log", "--mail.anonymous=true"))
                .containsExactly("--mail.capability=log", "--mail.anonymous=true");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Arguments.properties("--capability"))
                .withMessage("--capability needs a value: nodoubt, flag, log or none");
    }

    private static String accepted(RunningService service, UUID request) throws Exception {
        HttpResponse<String> accepted =
                service.post("", service.body("kim@example.com"), "Request-Id", request.toString());
        assertThat(accepted.statusCode()).isEqualTo(202);
        return RunningService.json(accepted).get("id").stringValue();
    }
}
