package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.test.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the gate adds: a key, one effect, and an outcome that can be asked for and fenced. */
final class GatedNotificationTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningService service;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static EmbeddedPostgres server;

    private final String key = IdempotencyKey.create(Instant.now()).value();
    private final String body = service.body("kim@example.com");

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start(Map.of("fsync", "off"));
        service = RunningService.start(RunningService.Database.of(server));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndOneMailGoesOut() throws Exception {
        long before = service.recorded();

        HttpResponse<String> first = service.post(key, body);
        HttpResponse<String> second = service.post(key, body);

        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(outcome(second)).isEqualTo("executed");
        assertThat(second.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(service.recorded()).isEqualTo(before + 1);
        String id = RunningService.json(first).get("id").stringValue();
        await().atMost(RunningService.PATIENCE).until(() -> service.mailsOf(id).size() == 1);
    }

    @Test
    void theOutcomeCanBeAskedFor() throws Exception {
        assertThat(outcome(query())).isEqualTo("absent");

        HttpResponse<String> accepted = service.post(key, body);

        HttpResponse<String> answer = query();
        assertThat(outcome(answer)).isEqualTo("executed");
        assertThat(RunningService.json(answer).get("status").intValue()).isEqualTo(accepted.statusCode());
    }

    @Test
    void aFencedKeyNeverBecomesAMail() throws Exception {
        long before = service.recorded();

        assertThat(outcome(fence())).isEqualTo("fenced");
        HttpResponse<String> late = service.post(key, body);

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(outcome(late)).isEqualTo("fenced");
        assertThat(service.recorded()).isEqualTo(before);
    }

    @Test
    void aFenceAfterTheEffectAnswersWithTheEffect() throws Exception {
        service.post(key, body);

        assertThat(outcome(fence())).isEqualTo("executed");
    }

    @Test
    void aRequestWithoutAKeyIsRefused() throws Exception {
        long before = service.recorded();

        HttpResponse<String> refused = service.post("", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(outcome(refused)).isEqualTo("not-executed");
        assertThat(service.recorded()).isEqualTo(before);
    }

    @Test
    void aRefusedBodyLeavesTheKeyFree() throws Exception {
        HttpResponse<String> refused = service.post(key, "{}");
        HttpResponse<String> accepted = service.post(key, body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(outcome(refused)).isEqualTo("not-executed");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(outcome(accepted)).isEqualTo("executed");
    }

    @Test
    void withoutItsDatabaseTheServiceSaysSoAndTheKeyMayComeAgain() throws Exception {
        server.crash();
        HttpResponse<String> refused = service.post(key, body);
        HttpResponse<String> unread = service.get("/api/notifications/01930000-0000-7000-8000-000000000001");
        server.restart();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(outcome(refused)).isEqualTo("not-executed");
        assertThat(unread.statusCode()).isEqualTo(503);
        assertThat(unread.headers().firstValue("Retry-After")).isPresent();
        await().atMost(RunningService.PATIENCE)
                .until(() -> service.post(key, body).statusCode() == 202);
    }

    private HttpResponse<String> query() throws Exception {
        return service.get("/nodoubt/outcome", "Idempotency-Key", '"' + key + '"');
    }

    private HttpResponse<String> fence() throws Exception {
        return service.postTo("/nodoubt/fence", key, "{}");
    }

    private static String outcome(HttpResponse<String> response) {
        return response.headers().firstValue("Nodoubt-Outcome").orElse("");
    }
}
