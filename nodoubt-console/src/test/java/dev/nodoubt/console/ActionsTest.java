package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each action over HTTP: what it does, what it says, and what the audit has of it. */
class ActionsTest {

    private static Site site;

    private Seeds seeds;

    @BeforeAll
    static void start() {
        site = Site.start("nodoubt.console.access.loopback=act");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void sow() {
        seeds = site.seedsOnly();
    }

    @Test
    void attemptNowMakesTheCallSettle() {
        HttpResponse<String> answer = act("waiting", "attempt", Map.of());

        assertThat(said(answer)).isEqualTo("attempt.done");
        awaitState("waiting", CallState.EXECUTED); // this application is its own receiver
        assertThat(audited()).containsExactly("loopback attempt ");
    }

    @Test
    void askNowAsksTheTarget() {
        HttpResponse<String> answer = act("doubt", "ask", Map.of());

        assertThat(said(answer)).isEqualTo("ask.done");
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                outbox().find(seeds.key("doubt")).orElseThrow().attempts())
                        .isEqualTo(5));
        assertThat(audited()).containsExactly("loopback ask ");
    }

    @Test
    void askIsNotPossibleWhereTheTargetOffersNothing() {
        assertThat(said(act("person", "ask", Map.of()))).isEqualTo("ask.not-possible");
        assertThat(audited()).isEmpty();
    }

    @Test
    void cancelEndsWhatWasNeverSent() {
        HttpResponse<String> answer = act("waiting", "cancel", Map.of("reason", "typed twice"));

        assertThat(said(answer)).isEqualTo("cancel.done");
        awaitState("waiting", CallState.NEVER);
        assertThat(audited()).containsExactly("loopback cancel typed twice");
    }

    @Test
    void cancelIsNotPossibleOnceInDoubt() {
        assertThat(said(act("doubt", "cancel", Map.of("reason", "typed twice"))))
                .isEqualTo("cancel.not-possible");
        assertThat(audited()).isEmpty();
    }

    @Test
    void fenceWantsTheKeyAndAReason() {
        String key = seeds.key("old-doubt").value();
        String end = key.substring(key.lastIndexOf('-') + 1);

        assertThat(said(act("old-doubt", "fence", Map.of("typed", "other", "reason", "late"))))
                .isEqualTo("fence.other-key");
        assertThat(said(act("old-doubt", "fence", Map.of("typed", end, "reason", " "))))
                .isEqualTo("fence.no-reason");
        assertThat(audited()).isEmpty();

        assertThat(said(act("old-doubt", "fence", Map.of("typed", end, "reason", "too late"))))
                .isEqualTo("fence.done");

        assertThat(audited()).containsExactly("loopback fence too late");
        assertThat(site.get("/calls/" + key).body()).contains("It is given up");
    }

    @Test
    void settleByHandKeepsTheEvidence() {
        assertThat(said(act("person", "settle", Map.of("reason", "ticket 4711"))))
                .isEqualTo("settle.no-outcome");
        assertThat(said(act("person", "settle", Map.of("outcome", "never")))).isEqualTo("settle.no-reason");
        assertThat(said(act("doubt", "settle", Map.of("outcome", "never", "reason", "x"))))
                .isEqualTo("settle.not-possible");

        HttpResponse<String> answer =
                act("person", "settle", Map.of("outcome", "executed", "reason", "their ticket 4711"));

        assertThat(said(answer)).isEqualTo("settle.done");
        awaitState("person", CallState.EXECUTED);
        assertThat(site.get("/calls/" + seeds.key("person").value()).body()).contains("their ticket 4711");
        assertThat(audited()).containsExactly("loopback settle their ticket 4711");
    }

    @Test
    void settleByHandSaysWhatTheTargetRefused() {
        Map<String, String> refused = Map.of("outcome", "rejected", "status", "409", "reason", "their ticket 4712");
        assertThat(said(act("person", "settle", Map.of("outcome", "rejected", "status", "4o9", "reason", "x"))))
                .isEqualTo("settle.no-status");

        assertThat(said(act("person", "settle", refused))).isEqualTo("settle.done");

        awaitState("person", CallState.REJECTED);
        assertThat(site.get("/calls/" + seeds.key("person").value()).body())
                .contains("A person settled it as rejected", "their ticket 4712");
        assertThat(seeds.jdbc()
                        .queryForObject(
                                "SELECT reply_status FROM nodoubt_settled WHERE call_key = ?",
                                Integer.class,
                                seeds.key("person").uuid().orElseThrow()))
                .isEqualTo(409);
        assertThat(audited()).containsExactly("loopback settle their ticket 4712");
    }

    @Test
    void settledCallIsLeftAlone() {
        assertThat(said(act("executed", "attempt", Map.of()))).isEqualTo("attempt.ended");
        assertThat(audited()).isEmpty();
    }

    @Test
    void pauseAndResumeATarget() {
        assertThat(said(site.post("/targets/bank/pause", Map.of("reason", "")))).isEqualTo("pause.no-reason");
        assertThat(said(site.post("/targets/nobody/pause", Map.of("reason", "why"))))
                .isEqualTo("pause.no-target");

        assertThat(said(site.post("/targets/bank/pause", Map.of("reason", "maintenance"))))
                .isEqualTo("pause.done");
        assertThat(site.get("/targets").body()).contains("maintenance").contains("targets/bank/resume");
        assertThat(site.get("").body()).contains("Target bank is paused by an operator");

        assertThat(said(site.post("/targets/bank/resume", Map.of()))).isEqualTo("resume.done");
        assertThat(audited()).containsExactly("loopback pause maintenance", "loopback resume ");
    }

    @Test
    void payloadIsMaskedUntilSomebodyReveals() {
        String call = "/calls/" + seeds.key("doubt").value();
        assertThat(site.get(call).body()).doesNotContain("kim@example.com");

        HttpResponse<String> revealed = act("doubt", "reveal", Map.of());

        assertThat(revealed.statusCode()).isEqualTo(200);
        assertThat(revealed.body()).contains("kim@example.com");
        assertThat(site.get(call).body()).doesNotContain("kim@example.com");
        assertThat(audited()).containsExactly("loopback reveal ");
    }

    @Test
    void bulkShowsFirstOnWhatItActs() {
        String preview = site.get("/calls/bulk?action=give-up&q=" + Site.encoded("target:bank"))
                .body();

        assertThat(preview)
                .contains(seeds.key("delayed").value(), seeds.key("old-doubt").value())
                .doesNotContain(seeds.key("doubt").value(), seeds.key("late").value());
        assertThat(audited()).isEmpty();

        HttpResponse<String> answer = site.post(
                "/calls/bulk",
                Map.of(
                        "action",
                        "give-up",
                        "reason",
                        "bank closed",
                        "keys",
                        seeds.key("delayed").value() + " "
                                + seeds.key("old-doubt").value()));

        assertThat(said(answer)).isEqualTo("bulk.done&n=2");
        assertThat(audited()).containsExactlyInAnyOrder("loopback cancel bank closed", "loopback fence bank closed");
    }

    @Test
    void bulkRefusesALineThatItDidNotUnderstand() {
        HttpResponse<String> preview = site.get("/calls/bulk?action=attempt&q=" + Site.encoded("target:bank oops:1"));

        assertThat(preview.statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> act(String name, String action, Map<String, String> fields) {
        return site.post("/calls/" + seeds.key(name).value() + "/" + action, fields);
    }

    private static String said(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll(".*said=", "");
    }

    private Outbox outbox() {
        return site.bean(Outbox.class);
    }

    private void awaitState(String name, CallState state) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                outbox().find(seeds.key(name)).orElseThrow().state())
                        .isEqualTo(state));
    }

    private List<String> audited() {
        return seeds
                .jdbc()
                .queryForList(
                        "SELECT actor || ' ' || action || ' ' || reason FROM nodoubt_audit ORDER BY id", String.class)
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
