package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With {@code nodoubt.gate.key=optional}, as for a comparison: without a key each request is a mail of its own. */
final class UngatedNotificationTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start("nodoubt.gate.key=optional");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void withoutAKeyEachRepetitionIsAnotherMailAndNoAnswerSpeaksOfAnOutcome() throws Exception {
        String body = service.body("lee@example.com");

        HttpResponse<String> first = service.post("", body, "X-Transfer-Id", "T-1");
        HttpResponse<String> second = service.post("", body, "X-Transfer-Id", "T-1");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Nodoubt-Outcome")).isEmpty();
        assertThat(second.body()).isNotEqualTo(first.body());
        await().atMost(RunningService.PATIENCE)
                .until(() -> service.smtp().mails().stream()
                                .filter(mail -> mail.contains("X-Transfer-Id: T-1\r\n"))
                                .count()
                        == 2);
    }

    @Test
    void withAKeyTheGateStandsAsEver() throws Exception {
        String key = IdempotencyKey.create(Instant.now()).value();
        String body = service.body("kim@example.com");

        HttpResponse<String> first = service.post(key, body);
        HttpResponse<String> second = service.post(key, body);

        assertThat(first.headers().firstValue("Nodoubt-Outcome")).hasValue("executed");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void bodiesAreBoundAndReadStrictlyWithoutAGateToo() throws Exception {
        assertThat(service.post("", "{\"to\":\"" + "x".repeat(2_000_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(service.post("", "{}").statusCode()).isEqualTo(400);
    }
}
