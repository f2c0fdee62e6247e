package dev.nodoubt.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Who comes in, and what a browser may do with an answer: with the properties' defaults, which let this machine look. */
class DoorTest {

    private static final List<Pattern> INLINE = List.of(
            Pattern.compile("<script(?![^>]* src=)"),
            Pattern.compile("<style"),
            Pattern.compile("<[a-z][^>]*\\sstyle="),
            Pattern.compile("<[a-z][^>]*\\son[a-z]+="),
            Pattern.compile("javascript:"));

    private static Site site;
    private static Seeds seeds;

    @BeforeAll
    static void start() {
        site = Site.start();
        seeds = site.seeds();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void everyPageAllowsNothingInlineAndHasNothingInline() {
        List<String> pages = List.of(
                "",
                "/calls",
                "/attention",
                "/targets",
                "/receiver",
                "/audit",
                "/nodes",
                "/calls/" + seeds.key("doubt").value());

        for (String path : pages) {
            HttpResponse<String> page = site.get(path);

            String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            INLINE.forEach(pattern -> assertThat(page.body()).doesNotContainPattern(pattern));
        }
    }

    @Test
    void byDefaultThisMachineLooksAndDoesNothing() {
        String call = "/calls/" + seeds.key("doubt").value();

        assertThat(site.get(call).body()).doesNotContain("/attempt\"", "/fence\"", "/reveal\"");
        for (String action : List.of("/attempt", "/ask", "/cancel", "/settle", "/reveal")) {
            HttpResponse<String> answer = site.post(call + action, Map.of("reason", "why", "outcome", "never"));
            assertThat(answer.statusCode()).as(action).isEqualTo(403);
        }
        HttpResponse<String> fence =
                site.post(call + "/fence", Map.of("typed", seeds.key("doubt").value(), "reason", "why"));
        assertThat(fence.statusCode()).isEqualTo(403);
        assertThat(site.post("/targets/mail/pause", Map.of("reason", "why")).statusCode())
                .isEqualTo(403);
        assertThat(site.get("/calls/bulk?action=attempt").statusCode()).isEqualTo(403);
        assertThat(site.post("/calls/bulk", Map.of("action", "give-up", "reason", "why"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(seeds.jdbc().queryForObject("SELECT count(*) FROM nodoubt_audit", Long.class))
                .isZero();
    }

    @Test
    void proxyOnThisMachineIsAStranger() {
        assertThat(site.get("", "X-Forwarded-For", "203.0.113.7").statusCode()).isEqualTo(403);
        assertThat(site.get("", "Forwarded", "for=203.0.113.7").statusCode()).isEqualTo(403);
    }

    /** Who reads forwarded headers believes what a stranger says of itself; the console does not. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "framework", "native"})
    void strangerWhoSaysThatItIsThisMachineIsAStranger(String strategy) {
        try (Site forwarding = Site.start("server.forward-headers-strategy=" + strategy)) {
            boolean marksAll = strategy.equals("native"); // Tomcat's valve: then nobody is local
            assertThat(forwarding.get("").statusCode()).isEqualTo(marksAll ? 403 : 200);
            assertThat(forwarding
                            .get("", "X-Forwarded-For", "127.0.0.1", "X-Forwarded-Host", "localhost")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(forwarding.get("", "X-Forwarded-For", "127.0.0.1").statusCode())
                    .isEqualTo(403);
        }
    }

    /** A stranger's page whose name was made to lead here sends its own name. */
    @Test
    void otherHostNameIsAStranger() throws IOException {
        assertThat(status("localhost")).isEqualTo("HTTP/1.1 200 ");
        assertThat(status("stranger.example")).isEqualTo("HTTP/1.1 403 ");
    }

    private static String status(String host) throws IOException {
        URI address = URI.create(site.url(""));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            String request = "GET /nodoubt/nodes HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        }
    }

    @Test
    void formWithoutTheTokenIsRefused() {
        Map<String, String> wanted = Map.of("theme", "dark");

        assertThat(site.post("/preferences", wanted).statusCode()).isEqualTo(303);
        assertThat(site.post("/preferences", Map.of("theme", "dark", Csrf.FIELD, ""))
                        .statusCode())
                .isEqualTo(403);
        assertThat(site.post("/preferences", Map.of("theme", "dark", Csrf.FIELD, "x".repeat(43)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(site.post("/preferences", wanted, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(site.post("/preferences", wanted, "Origin", "https://other.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "en, Sec-Fetch-Site, cross-site, a page of another site sent this form",
                "ko, Sec-Fetch-Site, cross-site, 다른 사이트의 페이지가 이 양식을 보냈습니다",
                "en, Origin, https://ops.example, proxy_set_header Host $http_host",
                "ko, Origin, https://ops.example, 프록시가 그대로 전달하게 하세요",
                "en, Cookie, other=1, cookie did not come",
                "ko, Cookie, other=1, 쿠키가 오지 않았습니다",
            })
    void refusedFormSaysWhyAndWhatToConfigure(String language, String header, String value, String reason) {
        HttpResponse<String> refused =
                site.post("/preferences", Map.of("theme", "dark"), "Accept-Language", language, header, value);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("<html lang=\"" + language + "\"").contains(reason);
        assertThat(refused.headers().firstValue("Content-Security-Policy")).isPresent();
        if (header.equals("Origin")) {
            assertThat(refused.body())
                    .contains("<dd class=\"mono\">" + URI.create(site.url("")).getAuthority() + "</dd>")
                    .contains("<dd class=\"mono\">https://ops.example</dd>");
        }
    }

    @Test
    void refusedFormSaysWhenItsTokenIsAnother() {
        Map<String, String> other = Map.of("theme", "dark", Csrf.FIELD, "x".repeat(43));

        assertThat(site.post("/preferences", other).body()).contains("the page is older than the cookie");
    }

    /** What a proxy says counts only where the application believes it. */
    @ParameterizedTest
    @CsvSource({"none, 403", "framework, 303", "native, 303"})
    void formFromBehindAProxyThatRenamesTheHostIsTakenWhereItsHeadersAreBelieved(String strategy, int status) {
        try (Site proxied = Site.start(Open.class, "server.forward-headers-strategy=" + strategy)) {
            HttpResponse<String> answer = proxied.post(
                    "/preferences",
                    Map.of("theme", "dark"),
                    "Origin",
                    "https://ops.example",
                    "X-Forwarded-Host",
                    "ops.example",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-For",
                    "203.0.113.7");

            assertThat(answer.statusCode()).isEqualTo(status);
        }
    }

    @SpringBootConfiguration
    @Import(Site.Application.class)
    static class Open {

        @Bean
        ConsoleAccess everybody() {
            return request -> Optional.of(new ConsoleUser("everybody", EnumSet.allOf(Permission.class)));
        }
    }

    @Test
    void preferencesLeadBackToPagesOfTheConsoleOnly() {
        HttpResponse<String> back =
                site.post("/preferences", Map.of("language", "ko", "back", "/calls?q=state%3Ain-doubt"));
        HttpResponse<String> away = site.post("/preferences", Map.of("language", "ko", "back", "//other.example/"));

        assertThat(back.headers().firstValue("Location")).contains("/nodoubt/calls?q=state%3Ain-doubt");
        assertThat(away.headers().firstValue("Location")).contains("/nodoubt");
        assertThat(back.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("nodoubt-console-language=ko;") && cookie.contains("HttpOnly"));
    }

    @Test
    void unknownCallIsNotFound() {
        assertThat(site.get("/calls/01a21957-3e53-7f83-938d-a99fc484b2d1").statusCode())
                .isEqualTo(404);
        assertThat(site.get("/calls/nonsense").statusCode()).isEqualTo(404);
    }

    @Test
    void gatesOwnAddressesStayItsOwn() {
        HttpResponse<String> outcome = site.get("/outcome");

        assertThat(outcome.headers().firstValue("Content-Security-Policy")).isEmpty();
        assertThat(outcome.statusCode()).isNotEqualTo(403);
    }
}
