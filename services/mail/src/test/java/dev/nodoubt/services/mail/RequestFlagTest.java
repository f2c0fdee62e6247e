package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code mail.capability=flag} on PostgreSQL: the caller's row is flagged in the transaction of the intent. */
final class RequestFlagTest {

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start("mail.capability=flag");
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void theRowSaysDoneWithTheNotificationThatWasRecorded() throws Exception {
        UUID request = newRow();

        HttpResponse<String> accepted = post(request, service.body("kim@example.com"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Nodoubt-Outcome")).isEmpty();
        assertThat(row(request))
                .isEqualTo("DONE " + RunningService.json(accepted).get("id").stringValue());
    }

    @Test
    void aSecondRequestUnderTheSameIdIsASecondMailWhateverTheFlagSays() throws Exception {
        UUID request = newRow();
        long recorded = service.recorded();

        HttpResponse<String> first = post(request, service.body("kim@example.com"));
        HttpResponse<String> second = post(request, service.body("kim@example.com"));

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(service.recorded()).isEqualTo(recorded + 2);
        assertThat(row(request)).startsWith("DONE ");
    }

    @Test
    void aBodyThatIsDefinitelyWrongSetsRefusedAndRecordsNoMail() throws Exception {
        UUID wrong = newRow();
        UUID large = newRow();
        UUID broken = newRow();
        long recorded = service.recorded();

        assertThat(post(wrong, "{\"to\":\"kim\",\"subject\":\"s\",\"text\":\"t\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(large, "x".repeat(2_000_000)).statusCode()).isEqualTo(413);
        assertThat(post(broken, "{").statusCode()).isEqualTo(400);

        assertThat(row(wrong)).isEqualTo("REFUSED null");
        assertThat(row(large)).isEqualTo("REFUSED null");
        assertThat(row(broken)).isEqualTo("REFUSED null");
        assertThat(service.recorded()).isEqualTo(recorded);
    }

    @Test
    void aLaterRefusalDoesNotHideAMail() throws Exception {
        UUID request = newRow();
        post(request, service.body("kim@example.com"));

        post(request, "{}");

        assertThat(row(request)).startsWith("DONE ");
    }

    @Test
    void withoutTheCallersRowTheIntentIsRolledBack() throws Exception {
        long recorded = service.recorded();

        HttpResponse<String> refused = post(UUID.randomUUID(), service.body("kim@example.com"));

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(RunningService.json(refused).get("type").stringValue())
                .isEqualTo("urn:nodoubt:problem:unknown-request");
        assertThat(service.recorded()).isEqualTo(recorded);
    }

    @Test
    void theRequestIdIsRequiredAndAUuid() throws Exception {
        List<HttpResponse<String>> answers = List.of(
                service.post("", service.body("kim@example.com")),
                service.post("", service.body("kim@example.com"), "Request-Id", "7"));

        assertThat(answers).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(RunningService.json(refused).get("field").stringValue()).isEqualTo("Request-Id");
        });
    }

    @Test
    void thereIsNoGateAndTheDeliveryIsToldAsEver() throws Exception {
        String id = RunningService.json(post(newRow(), service.body("kim@example.com")))
                .get("id")
                .stringValue();

        assertThat(service.get("/nodoubt/outcome").statusCode()).isEqualTo(404);
        assertThat(service.postTo("/nodoubt/fence", "", "{}").statusCode()).isEqualTo(404);
        assertThat(service.get("/api/notifications/" + id).statusCode()).isEqualTo(200);
    }

    private static UUID newRow() {
        UUID request = UUID.randomUUID();
        service.jdbc()
                .sql("INSERT INTO mail_request (request_id, status) VALUES (?, 'NEW')")
                .params(request)
                .update();
        return request;
    }

    private static String row(UUID request) {
        return service.jdbc()
                .sql("SELECT status, notification_id FROM mail_request WHERE request_id = ?")
                .params(request)
                .query((row, number) -> row.getString(1) + " " + row.getString(2))
                .single();
    }

    private static HttpResponse<String> post(UUID request, String body) throws Exception {
        return service.post("", body, "Request-Id", request.toString());
    }
}
