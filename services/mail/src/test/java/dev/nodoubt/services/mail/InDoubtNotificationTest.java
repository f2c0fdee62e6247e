package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.services.mail.ScriptedSmtp.Fate;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a caller sees of a mail whose sending nobody can vouch for. */
final class InDoubtNotificationTest {

    @ParameterizedTest
    @CsvSource({"at-most-once, false, it is not sent again", "at-least-once, true, the same message is sent again at"})
    void aMailInDoubtIsShownWithItsDoubtAndWhatWillBeDone(String policy, boolean repeated, String next)
            throws Exception {
        try (RunningService service = RunningService.start("mail.policy=" + policy, "mail.backoff.first=16s")) {
            service.smtp().next(Fate.DOT_KEPT_AND_RESET);
            String id = RunningService.json(service.post(key(), service.body("kim@example.com")))
                    .get("id")
                    .stringValue();

            JsonNode shown = await().atMost(RunningService.PATIENCE)
                    .until(
                            () -> RunningService.json(service.get("/api/notifications/" + id)),
                            delivery -> "in-doubt".equals(delivery.get("state").stringValue()));
            HttpResponse<String> refused = service.postTo("/api/notifications/" + id + "/withdraw", "", "");

            assertThat(shown.get("doubts").intValue()).isEqualTo(1);
            assertThat(shown.get("last").stringValue()).startsWith("no answer after the final dot: ");
            assertThat(shown.get("nextAt").isNull()).isEqualTo(!repeated);
            assertThat(shown.get("endedAt").isNull()).isTrue();
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            JsonNode problem = RunningService.json(refused);
            assertThat(problem.get("type").stringValue()).isEqualTo("urn:nodoubt:problem:delivery-in-doubt");
            assertThat(problem.get("messageId").stringValue()).isEqualTo("<" + id + "@mail.example>");
            assertThat(problem.get("detail").stringValue()).contains(next);
            assertThat(service.mailsOf(id)).hasSize(1);
        }
    }

    private static String key() {
        return IdempotencyKey.create(Instant.now()).value();
    }
}
