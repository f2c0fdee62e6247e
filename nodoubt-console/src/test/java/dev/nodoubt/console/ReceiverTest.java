package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.gate.GateKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of an application that is a receiver and calls nobody. */
class ReceiverTest {

    private static final String FIGURE = "<dd data-live=\"%s\" data-more=\"\">%s</dd>";

    private Site site;
    private Seeds seeds;

    @BeforeEach
    void start() {
        site = Site.receiver("nodoubt.console.access.loopback=act");
        seeds = site.seeds();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void consoleBeginsWithTheReceiversPage() {
        HttpResponse<String> home = site.get("");

        assertThat(home.statusCode()).isEqualTo(302);
        assertThat(home.headers().firstValue("Location").orElseThrow()).endsWith("/nodoubt/receiver");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void navigationHasNoPageAboutCalls(String language) {
        for (String path : List.of("/receiver", "/audit")) {
            String page = site.get(path, "Accept-Language", language).body();

            assertThat(page).contains("<html lang=\"" + language + "\"").contains("href=\"/nodoubt" + path + "\"");
            assertThat(page).contains("data-go=\"r\"", "data-go=\"u\"", "<kbd>r u</kbd>");
            assertThat(page)
                    .doesNotContain("/nodoubt/calls", "/nodoubt/attention", "/nodoubt/targets", "/nodoubt/nodes");
        }
        for (String path : List.of("/calls", "/attention", "/targets", "/nodes", "/calls/bulk")) {
            assertThat(site.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void decisionsAreCounted() {
        IdempotencyKey key = IdempotencyKey.create(Instant.now());

        assertThat(site.mail(key, "{\"to\":\"kim\"}").statusCode()).isEqualTo(200);
        assertThat(site.mail(key, "{\"to\":\"kim\"}").statusCode()).isEqualTo(200);
        assertThat(site.mail(key, "{\"to\":\"kim\"}").statusCode()).isEqualTo(200);
        assertThat(site.mail(key, "{\"to\":\"lee\"}").statusCode()).isEqualTo(422);

        String page = site.get("/receiver").body();
        assertThat(page)
                .contains(FIGURE.formatted("count-executed", 1))
                .contains(FIGURE.formatted("count-replayed", 2))
                .contains(FIGURE.formatted("count-mismatched", 1))
                .contains(FIGURE.formatted("count-withheld", 0))
                .contains("mismatch: the key belongs to another request")
                .contains(FIGURE.formatted("keys", 4))
                .contains(FIGURE.formatted("tombstones", 1));
    }

    @Test
    void replyIsMaskedUntilSomebodyRevealsIt() {
        String call = seeds.key("doubt").value();
        String key = Links.gateKey(new GateKey("transfer", seeds.key("doubt")));
        seeds.jdbc()
                .update(
                        "UPDATE nodoubt_gate SET body = ? WHERE idempotency_key = ?",
                        "{\"to\":\"kim@example.com\"}".getBytes(StandardCharsets.UTF_8),
                        call);
        assertThat(site.get("/receiver").body()).contains(key).doesNotContain("kim@example.com");

        HttpResponse<String> revealed = site.post("/receiver/reveal", Map.of("of", key));

        assertThat(revealed.statusCode()).isEqualTo(200);
        assertThat(revealed.body()).contains("kim@example.com");
        assertThat(site.get("/receiver").body()).doesNotContain("kim@example.com");
        String audit = site.get("/audit").body();
        assertThat(audit).contains("loopback", "reveal", "of transfer").doesNotContain("value=\"fence\"");
        assertThat(seeds.jdbc().queryForObject("SELECT count(*) FROM nodoubt_audit", Long.class))
                .isEqualTo(1);
    }

    @Test
    void whatHasNoReplyRevealsNothing() {
        for (String of : List.of("", "transfer", "transfer/nothing", "%/%", "a/b/c")) {
            HttpResponse<String> answer = site.post("/receiver/reveal", Map.of("of", of));

            assertThat(answer.statusCode()).as(of).isEqualTo(404);
            assertThat(answer.body()).contains("No reply stands under this key");
        }
    }

    @Test
    void whoMayNotRevealIsNotOfferedIt() {
        try (Site looking = Site.receiver()) {
            Seeds there = looking.seeds();
            String key = Links.gateKey(new GateKey("transfer", there.key("doubt")));

            assertThat(looking.get("/receiver").body())
                    .contains(there.key("doubt").value())
                    .doesNotContain("/reveal\"");
            assertThat(looking.post("/receiver/reveal", Map.of("of", key)).statusCode())
                    .isEqualTo(403);
        }
    }
}
