package dev.nodoubt.services.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two callers with a token each: neither sees, replays, fences or withdraws what is the other's. */
final class CallerScopeTest {

    private static final String BANK_TOKEN = "bank-token-0123456789";
    private static final String SHOP_TOKEN = "shop-token-0123456789";
    private static final String[] BANK = {"Authorization", "Bearer " + BANK_TOKEN};
    private static final String[] SHOP = {"Authorization", "bearer " + SHOP_TOKEN};

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static RunningService service;

    private final String key = IdempotencyKey.create(Instant.now()).value();

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(
                "mail.anonymous=false",
                "mail.callers.bank.token=" + BANK_TOKEN,
                "mail.callers.shop.token=" + SHOP_TOKEN);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void theSameKeyOfTwoCallersIsTwoNotifications() throws Exception {
        HttpResponse<String> bank = post(BANK);
        HttpResponse<String> shop = post(SHOP);
        HttpResponse<String> again = post(BANK);

        assertThat(bank.statusCode()).isEqualTo(202);
        assertThat(shop.statusCode()).isEqualTo(202);
        assertThat(shop.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(id(shop)).isNotEqualTo(id(bank));
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(id(again)).isEqualTo(id(bank));
    }

    @Test
    void nobodySeesTheOutcomeOfAnothersKey() throws Exception {
        post(BANK);

        assertThat(outcome(query(SHOP))).isEqualTo("absent");
        assertThat(outcome(query(BANK))).isEqualTo("executed");
    }

    @Test
    void nobodyFencesAnothersKey() throws Exception {
        HttpResponse<String> fenced = service.postTo("/nodoubt/fence", key, "{}", SHOP);
        HttpResponse<String> accepted = post(BANK);

        assertThat(outcome(fenced)).isEqualTo("fenced");
        assertThat(outcome(accepted)).isEqualTo("executed");
        assertThat(outcome(post(SHOP))).isEqualTo("fenced");
    }

    @Test
    void nobodySeesOrWithdrawsAnothersNotification() throws Exception {
        String id = id(post(BANK));

        HttpResponse<String> seen = service.get("/api/notifications/" + id, SHOP);
        HttpResponse<String> withdrawn = service.postTo("/api/notifications/" + id + "/withdraw", "", "", SHOP);

        assertThat(seen.statusCode()).isEqualTo(404);
        assertThat(withdrawn.statusCode()).isEqualTo(404);
        assertThat(service.get("/api/notifications/" + id, BANK).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutATokenNothingIsExecutedAndTheAnswerSaysSo() throws Exception {
        long recorded = service.recorded();

        HttpResponse<String> refused = post();

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(outcome(refused)).isEqualTo("not-executed");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"mail\"");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningService.json(refused).get("type").stringValue())
                .isEqualTo("urn:nodoubt:problem:unauthenticated");
        assertThat(service.recorded()).isEqualTo(recorded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong-token-0123456789",
                "Bearer ",
                "Bearer",
                "Basic YmFuazpiYW5r",
                BANK_TOKEN,
                "Bearer a b"
            })
    void aWrongTokenIsRefusedAsSuch(String authorization) throws Exception {
        HttpResponse<String> refused = post("Authorization", authorization);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(outcome(refused)).isEqualTo("not-executed");
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"mail\", error=\"invalid_token\"");
        assertThat(refused.body()).doesNotContain("token-0123456789");
    }

    @Test
    void twoTokensAreNone() throws Exception {
        assertThat(post("Authorization", "Bearer " + BANK_TOKEN, "Authorization", "Bearer " + SHOP_TOKEN)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void queriesFencesAndReadingAskForATokenTooAndHealthDoesNot() throws Exception {
        assertThat(query().statusCode()).isEqualTo(401);
        assertThat(service.postTo("/nodoubt/fence", key, "{}").statusCode()).isEqualTo(401);
        assertThat(service.get("/api/notifications/01930000-0000-7000-8000-000000000001")
                        .statusCode())
                .isEqualTo(401);
        assertThat(service.get("/actuator/health").statusCode()).isEqualTo(200);
    }

    @Test
    void whereAnonymousCallersAreLetInTheyHaveAScopeOfTheirOwnAndAWrongTokenIsRefusedStill() throws Exception {
        try (RunningService open = RunningService.start("mail.callers.bank.token=" + BANK_TOKEN)) {
            String body = open.body("kim@example.com");

            HttpResponse<String> anonymous = open.post(key, body);
            HttpResponse<String> bank = open.post(key, body, BANK);
            HttpResponse<String> wrong = open.post(key, body, SHOP);

            assertThat(anonymous.statusCode()).isEqualTo(202);
            assertThat(bank.statusCode()).isEqualTo(202);
            assertThat(id(bank)).isNotEqualTo(id(anonymous));
            assertThat(wrong.statusCode()).isEqualTo(401);
            String path = "/api/notifications/" + id(bank);
            assertThat(open.get(path).statusCode()).isEqualTo(404);
            assertThat(open.get(path, BANK).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> post(String... headers) throws Exception {
        return service.post(key, service.body("kim@example.com"), headers);
    }

    private HttpResponse<String> query(String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Idempotency-Key";
        all[1] = '"' + key + '"';
        return service.get("/nodoubt/outcome", all);
    }

    private static String id(HttpResponse<String> response) {
        return RunningService.json(response).get("id").stringValue();
    }

    private static String outcome(HttpResponse<String> response) {
        return response.headers().firstValue("Nodoubt-Outcome").orElse("");
    }
}
