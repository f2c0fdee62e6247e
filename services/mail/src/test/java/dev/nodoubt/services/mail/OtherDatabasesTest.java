package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.services.mail.RunningService.Database;
import dev.nodoubt.services.mail.ScriptedSmtp.Fate;
import dev.nodoubt.test.EmbeddedMariaDb;
import dev.nodoubt.test.NeedsMariaDb;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service's main job where nothing but {@code spring.datasource.url} says another database. */
final class OtherDatabasesTest {

    @Test
    @NeedsMariaDb
    void theServiceRunsOnMariaDb() throws Exception {
        runsOn(Database.of(EmbeddedMariaDb.start()));
    }

    @Test
    void theServiceRunsOnH2() throws Exception {
        runsOn(Database.h2());
    }

    private static void runsOn(Database database) throws Exception {
        try (RunningService service =
                RunningService.start(database, "mail.worker.poll=50ms", "mail.backoff.first=50ms")) {
            aRepeatedRequestIsOneMail(service);
            aFencedKeyNeverBecomesAMail(service);
            aMailInDoubtGoesOutAgain(service);
        }
    }

    private static void aRepeatedRequestIsOneMail(RunningService service) throws Exception {
        String key = key();
        String body = service.body("kim@example.com");

        HttpResponse<String> first = service.post(key, body);
        HttpResponse<String> second = service.post(key, body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(second.body()).isEqualTo(first.body());
        JsonNode sent = awaitSent(service, first);
        assertThat(sent.get("attempts").intValue()).isEqualTo(1);
        assertThat(Instant.parse(sent.get("recordedAt").stringValue()))
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(120));
        String id = sent.get("id").stringValue();
        assertThat(service.mailsOf(id)).hasSize(1);
        assertThat(service.postTo("/api/notifications/" + id + "/withdraw", "", "")
                        .statusCode())
                .isEqualTo(410);
        assertThat(outcome(service.postTo("/nodoubt/fence", key, "{}"))).isEqualTo("executed");
    }

    private static void aFencedKeyNeverBecomesAMail(RunningService service) throws Exception {
        String key = key();
        long before = service.recorded();

        assertThat(outcome(service.postTo("/nodoubt/fence", key, "{}"))).isEqualTo("fenced");
        HttpResponse<String> late = service.post(key, service.body("kim@example.com"));

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(service.recorded()).isEqualTo(before);
    }

    private static void aMailInDoubtGoesOutAgain(RunningService service) throws Exception {
        service.smtp().next(Fate.DOT_KEPT_AND_RESET);

        JsonNode sent = awaitSent(service, service.post(key(), service.body("kim@example.com")));

        assertThat(sent.get("doubts").intValue()).isEqualTo(1);
        assertThat(service.mailsOf(sent.get("id").stringValue())).hasSize(2);
    }

    private static JsonNode awaitSent(RunningService service, HttpResponse<String> accepted) {
        String id = RunningService.json(accepted).get("id").stringValue();
        return await().atMost(RunningService.PATIENCE)
                .until(
                        () -> RunningService.json(service.get("/api/notifications/" + id)),
                        delivery -> "sent".equals(delivery.get("state").stringValue()));
    }

    private static String outcome(HttpResponse<String> response) {
        return response.headers().firstValue("Nodoubt-Outcome").orElse("");
    }

    private static String key() {
        return IdempotencyKey.create(Instant.now()).value();
    }
}
