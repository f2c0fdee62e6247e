package dev.nodoubt.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** How notifications end at a mail service without a gate. */
@TestPropertySource(
        properties = {
            "nodoubt.targets.mail.backoff.first=50ms",
            "nodoubt.targets.mail.backoff.cap=50ms",
            "nodoubt.targets.mail.breaker.window=1000"
        })
abstract class RemedyTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    abstract RemedyMail mail();

    /** Transfers to an account with this address, and says how its notification ended, with one request in any case. */
    JsonNode notificationTo(String address, String outcome) {
        String to = post("/api/accounts", "{\"owner\":\"정하은\",\"email\":\"" + address + "\"}")
                .text("id");
        String id = transfer(account("5.00"), to, "5").text("id");
        JsonNode ended = await().atMost(PATIENCE)
                .until(
                        () -> get("/api/transfers/" + id).body().path("notification"),
                        shown -> shown.path("outcome").asString("").equals(outcome));
        assertThat(mail().requests(ended.path("key").asString())).isEqualTo(1);
        return ended;
    }
}
