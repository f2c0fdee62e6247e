package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.services.mail.ScriptedSmtp.Fate;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The whole service, from HTTP to SMTP, with a gate that demands keys. */
final class MailServiceTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void aNotificationIsAcceptedAndItsMailSent() throws Exception {
        String key = key();

        HttpResponse<String> accepted = service.post(key, service.body("kim@example.com"), "X-Transfer-Id", "T-77");

        String id = RunningService.json(accepted).get("id").stringValue();
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location")).hasValue("/api/notifications/" + id);
        JsonNode sent = awaitState(id, "sent");
        assertThat(sent.get("attempts").intValue()).isEqualTo(1);
        assertThat(sent.get("messageId").stringValue()).isEqualTo("<" + id + "@mail.example>");
        assertThat(sent.get("last").stringValue()).isEqualTo("250 2.0.0 queued");
        assertThat(Instant.parse(sent.get("recordedAt").stringValue()))
                .isBeforeOrEqualTo(Instant.parse(sent.get("endedAt").stringValue()));
        assertThat(service.mailsOf(id)).hasSize(1).first().asString().contains("X-Transfer-Id: T-77\r\n");
    }

    @Test
    void theWorkerIsWokenByTheCommitAndNotByItsNextLook() throws Exception {
        HttpResponse<String> accepted = service.post(key(), service.body("kim@example.com"));

        // The test's poll interval is an hour.
        awaitState(RunningService.json(accepted).get("id").stringValue(), "sent");
    }

    @Test
    void aRefusedMailShowsAsFailed() throws Exception {
        service.smtp().next(Fate.DOT_554);

        HttpResponse<String> accepted = service.post(key(), service.body("kim@example.com"));

        JsonNode failed = awaitState(RunningService.json(accepted).get("id").stringValue(), "failed");
        assertThat(failed.get("nextAt").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"to":"kim","subject":"s","text":"t"}                                          | to
            {"to":"kim@example.com\\r\\nBcc: lee@example.com","subject":"s","text":"t"}    | to
            {"to":"kim@example.com","subject":"a\\r\\nBcc: lee@example.com","text":"t"}    | subject
            {"to":"kim@example.com","subject":"s","text":7}                                | text
            {"to":"kim@example.com","subject":"s"}                                         | text
            {"to":"kim@example.com","subject":"s","text":"t","extra":1}                    | request body
            [1,2]                                                                          | request body
            """)
    void aBodyThatBreaksARuleIsRefusedByNameAndNothingIsStored(String body, String field) throws Exception {
        long recorded = service.recorded();
        long keys = service.gateRows();

        HttpResponse<String> refused = service.post(key(), body);

        JsonNode problem = problem(refused, 400);
        assertThat(problem.get("field").stringValue()).isEqualTo(field);
        assertThat(problem.get("rule").stringValue()).startsWith("must ");
        assertThat(problem.get("detail").stringValue()).startsWith(field + " must ");
        assertThat(service.recorded()).isEqualTo(recorded);
        assertThat(service.gateRows()).isEqualTo(keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"to":"kim@example.com"   | line 1, column
            {"to":1,"to":2}           | line 1, column
            {"to":"a"} {}             | line 1, column
            nothing                   | line 1, column
            """)
    void malformedJsonIsRefusedWithItsPlace(String body, String place) throws Exception {
        JsonNode problem = problem(service.post(key(), body), 400);

        assertThat(problem.get("detail").stringValue()).contains(place);
    }

    @Test
    void aTransferIdMustBeOne() throws Exception {
        JsonNode problem = problem(
                service.post(key(), service.body("kim@example.com"), "X-Transfer-Id", "a", "X-Transfer-Id", "b"), 400);

        assertThat(problem.get("field").stringValue()).isEqualTo("X-Transfer-Id");
    }

    @Test
    void tenMegabytesAreRefused() throws Exception {
        String huge = "{\"to\":\"kim@example.com\",\"subject\":\"s\",\"text\":\"" + "x".repeat(10_000_000) + "\"}";

        problem(service.post(key(), huge), 413);
    }

    @Test
    void everyOtherErrorIsAProblemToo() throws Exception {
        problem(service.get("/api/notifications/" + UUID.randomUUID()), 404);
        problem(service.get("/api/notifications/nonsense"), 400);
        problem(service.get("/nowhere"), 404);
        problem(service.get("/api/notifications"), 405);
        problem(service.post(key(), "text", "Content-Type", "text/plain"), 415);
    }

    @Test
    void healthIsUp() throws Exception {
        assertThat(RunningService.json(service.get("/actuator/health"))
                        .get("status")
                        .stringValue())
                .isEqualTo("UP");
    }

    private static String key() {
        return IdempotencyKey.create(Instant.now()).value();
    }

    private static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = RunningService.json(response);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        return problem;
    }

    private static JsonNode awaitState(String id, String state) {
        return await().atMost(RunningService.PATIENCE)
                .until(
                        () -> RunningService.json(service.get("/api/notifications/" + id)),
                        delivery -> state.equals(delivery.get("state").stringValue()));
    }
}
