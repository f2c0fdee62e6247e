package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.services.mail.ScriptedSmtp.Fate;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Taking back what has not left, from HTTP to SMTP. One mail is sent at a time, so a second one waits. */
final class WithdrawnNotificationTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningService service;

    private final CountDownLatch reply = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start("mail.worker.threads=1", "mail.worker.poll=50ms", "mail.backoff.first=50ms");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @AfterEach
    void goOn() {
        reply.countDown();
        service.smtp().beforeReply(() -> {});
    }

    @Test
    void whatWaitsIsWithdrawnWithoutAnSmtpConnectionAndWhatLeftIsNot() throws Exception {
        int before = service.smtp().connections();
        String sending = acceptedWhileTheServerHesitates();
        String waiting = accepted(key());

        JsonNode inProgress = problem(withdraw(sending), 409);
        HttpResponse<String> withdrawn = withdraw(waiting);
        HttpResponse<String> again = withdraw(waiting);
        reply.countDown();
        awaitState(sending, "sent");
        JsonNode tooLate = problem(withdraw(sending), 410);
        awaitState(accepted(key()), "sent");

        assertThat(inProgress.get("type").stringValue()).isEqualTo("urn:nodoubt:problem:delivery-in-progress");
        assertThat(inProgress.get("state").stringValue()).isEqualTo("sending");
        assertThat(withdrawn.statusCode()).isEqualTo(200);
        assertThat(RunningService.json(withdrawn).get("state").stringValue()).isEqualTo("withdrawn");
        assertThat(RunningService.json(withdrawn).get("attempts").intValue()).isZero();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(withdrawn.body());
        assertThat(tooLate.get("type").stringValue()).isEqualTo("urn:nodoubt:problem:delivery-ended");
        assertThat(tooLate.get("state").stringValue()).isEqualTo("sent");
        assertThat(service.smtp().connections()).isEqualTo(before + 2);
        assertThat(service.mailsOf(waiting)).isEmpty();
    }

    @Test
    void whatIsBeingSentSaysWhenToAskAgain() throws Exception {
        String sending = acceptedWhileTheServerHesitates();

        HttpResponse<String> inProgress = withdraw(sending);

        assertThat(inProgress.statusCode()).isEqualTo(409);
        assertThat(inProgress.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void aWithdrawnNotificationsRequestHasBeenExecutedAllTheSame() throws Exception {
        acceptedWhileTheServerHesitates();
        String key = key();
        HttpResponse<String> accepted = service.post(key, service.body("kim@example.com"));
        String id = RunningService.json(accepted).get("id").stringValue();
        assertThat(withdraw(id).statusCode()).isEqualTo(200);

        HttpResponse<String> fenced = service.postTo("/nodoubt/fence", key, "{}");
        HttpResponse<String> asked = service.get("/nodoubt/outcome", "Idempotency-Key", '"' + key + '"');
        HttpResponse<String> replayed = service.post(key, service.body("kim@example.com"));

        for (HttpResponse<String> answer : List.of(fenced, asked)) {
            JsonNode document = RunningService.json(answer);
            assertThat(document.get("outcome").stringValue()).isEqualTo("executed");
            assertThat(document.get("status").intValue()).isEqualTo(202);
        }
        assertThat(replayed.statusCode()).isEqualTo(202);
        assertThat(replayed.body()).isEqualTo(accepted.body());
        assertThat(state(id)).isEqualTo("withdrawn");
    }

    @Test
    void aRefusedMailCannotBeWithdrawnAndSaysThatItIsNotSentAgain() throws Exception {
        service.smtp().next(Fate.DOT_554);
        String id = accepted(key());
        awaitState(id, "failed");

        JsonNode tooLate = problem(withdraw(id), 410);

        assertThat(tooLate.get("state").stringValue()).isEqualTo("failed");
        assertThat(tooLate.get("detail").stringValue()).contains("not sent again");
    }

    @Test
    void nobodyWithdrawsWhatWasNeverRecorded() throws Exception {
        problem(withdraw(UUID.randomUUID().toString()), 404);
        problem(withdraw("nonsense"), 400);
    }

    @Test
    void underAtLeastOnceAMailInDoubtGoesOutAgainAsTheIdenticalMessageAndItsDoubtsAreShown() throws Exception {
        service.smtp().next(Fate.DOT_KEPT_AND_RESET, Fate.DOT_LOST_AND_RESET);
        String id = accepted(key());

        awaitState(id, "sent");

        JsonNode sent = RunningService.json(service.get("/api/notifications/" + id));
        assertThat(sent.get("attempts").intValue()).isEqualTo(3);
        assertThat(sent.get("doubts").intValue()).isEqualTo(2);
        assertThat(service.mailsOf(id)).hasSize(2);
        assertThat(service.mailsOf(id).get(1)).isEqualTo(service.mailsOf(id).get(0));
    }

    /** A notification whose mail has left and waits for the server's reply, which comes when the test lets it. */
    private String acceptedWhileTheServerHesitates() throws Exception {
        int before = service.smtp().connections();
        service.smtp().beforeReply(() -> {
            try {
                reply.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        String id = accepted(key());
        await().atMost(RunningService.PATIENCE).until(() -> service.smtp().connections() == before + 1);
        return id;
    }

    private static String accepted(String key) throws Exception {
        return RunningService.json(service.post(key, service.body("kim@example.com")))
                .get("id")
                .stringValue();
    }

    private static HttpResponse<String> withdraw(String id) throws Exception {
        return service.postTo("/api/notifications/" + id + "/withdraw", "", "");
    }

    private static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        return RunningService.json(response);
    }

    private static void awaitState(String id, String state) {
        await().atMost(RunningService.PATIENCE).until(() -> state(id).equals(state));
    }

    private static String state(String id) throws Exception {
        return RunningService.json(service.get("/api/notifications/" + id))
                .get("state")
                .stringValue();
    }

    private static String key() {
        return IdempotencyKey.create(Instant.now()).value();
    }
}
