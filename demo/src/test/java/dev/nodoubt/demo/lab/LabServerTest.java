package dev.nodoubt.demo.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.demo.mailbox.MailboxClient;
import dev.nodoubt.demo.network.Crossing.Asked;
import dev.nodoubt.demo.network.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LabServerTest {

    private static final Pattern TEXT =
            Pattern.compile("(?:\\btext\\(|data-text=|named\\('d[td]', |'summary', )['\"](\\w+)['\"]");
    private final HttpClient http = HttpClient.newHttpClient();
    private Lab lab;
    private LabServer server;

    @BeforeEach
    void start() throws IOException {
        MailboxClient nobody = new MailboxClient(URI.create("http://127.0.0.1:9/"));
        lab = new Lab(List.of(), new LabWires(), nobody, Duration.ofSeconds(1));
        server = new LabServer(0, lab, Locale.KOREAN);
    }

    @AfterEach
    void stop() {
        lab.close();
        server.close();
    }

    @Test
    void thePageRunsOnlyFilesOfItsOwn() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.body())
                .contains("<html lang=\"ko\">", server.token())
                .doesNotContain("style=", "onclick", "{language}", "{token}")
                .doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        for (String file : List.of("/lab.js", "/story.js", "/base.js", "/lab.css", "/style.css", "/favicon.svg")) {
            assertThat(get(file).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(get("/LabServer.class").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  '',                    '',           204",
        "true,  http://127.0.0.1,      same-origin,  204",
        "false, http://127.0.0.1,      same-origin,  403",
        "true,  http://evil.example,   '',           403",
        "true,  null,                  '',           403",
        "true,  http://127.0.0.1,      cross-site,   403",
        "true,  http://127.0.0.1,      same-site,    403"
    })
    void onlyItsOwnPageMayAct(boolean token, String origin, String site, int status) throws Exception {
        List<String> headers = new ArrayList<>(List.of(OwnPage.TOKEN, token ? server.token() : "x"));
        if (!origin.isEmpty()) {
            headers.addAll(List.of("Origin", origin.startsWith("http://127") ? origin + ":" + server.port() : origin));
        }
        if (!site.isEmpty()) {
            headers.addAll(List.of("Sec-Fetch-Site", site));
        }

        assertThat(post("/api/mend", "{}", headers).statusCode()).isEqualTo(status);
    }

    @Test
    void aNameThatLeadsHereIsNotEnough() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain(server.token());
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedWithItsReason() throws Exception {
        List<String> own = List.of(OwnPage.TOKEN, server.token());
        String sending = "{\"to\":\"%s\",\"memo\":\"\",\"fault\":\"%s\",\"attempts\":1,\"lanes\":[\"retry\"]}";

        assertThat(post("/api/send", sending.formatted("a#1", "NONE"), own).body())
                .contains("refused_to");
        assertThat(post("/api/send", sending.formatted("a", "NONE"), own).body())
                .contains("refused_lanes");
        assertThat(post("/api/send", sending.formatted("a", "FIRE"), own).statusCode())
                .isEqualTo(400);
        assertThat(post("/api/send", "[", own).statusCode()).isEqualTo(400);
        assertThat(post("/api/send", " ".repeat(9_000), own).statusCode()).isEqualTo(413);
        assertThat(post("/api/hand", "{\"lane\":\"x\",\"hand\":\"AGAIN\"}", own).statusCode())
                .isEqualTo(409);
        assertThat(post("/api/other", "{}", own).statusCode()).isEqualTo(404);
    }

    @Test
    void whoWatchesGetsTheStateAtOnce() throws Exception {
        HttpResponse<java.io.InputStream> events = http.send(
                HttpRequest.newBuilder(address("/api/events")).build(), HttpResponse.BodyHandlers.ofInputStream());

        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine())
                    .startsWith("data: {")
                    .contains("\"lanes\":[]", "\"patience\":1000", "\"SLOW\":3000");
        }
        assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    @Test
    void bothLanguagesHaveEveryTextThatThePageAsksFor() throws Exception {
        Map<String, String> english = texts("en");
        Map<String, String> korean = texts("ko");
        Set<String> asked = new TreeSet<>();
        for (String file : List.of("/", "/lab.js", "/story.js", "/base.js")) {
            TEXT.matcher(get(file).body()).results().forEach(found -> asked.add(found.group(1)));
        }
        LabSources sources = new LabSources();
        asked.addAll(sources.refusals());
        for (String step : sources.steps()) {
            kinds(step).forEach(kind -> asked.add("step_" + step + kind));
        }
        add(asked, LabFault.values(), "fault_", "about_");
        add(asked, Belief.values(), "belief_", "running_");
        add(asked, Verdict.values(), "verdict_");
        add(asked, Hand.values(), "hand_");

        assertThat(asked).contains("step_hand_not_sent", "step_suffers_KILLED", "refused_busy");
        assertThat(english).containsKeys(asked.toArray(String[]::new));
        assertThat(korean.keySet()).isEqualTo(english.keySet());
        assertThat(korean.values()).doesNotContain("");
    }

    /** What a step may be of, where its name ends with {@code _}. */
    private static Stream<?> kinds(String step) {
        if (!step.endsWith("_")) {
            return Stream.of("");
        }
        return switch (step) {
            case "believes_" -> Stream.of(Belief.values());
            case "hand_" -> Stream.of(Hand.values());
            case "sent_" -> Stream.of(Asked.values());
            case "meets_" -> Stream.of(Fault.values()).filter(fault -> fault != Fault.NONE);
            case "suffers_", "recovers_" -> Stream.of(LabFault.values()).filter(LabFault::ofReceiver);
            default -> throw new AssertionError("a step of which nobody knows what it is of: " + step);
        };
    }

    private static void add(Set<String> asked, Enum<?>[] values, String... prefixes) {
        for (String prefix : prefixes) {
            Arrays.stream(values).forEach(value -> asked.add(prefix + value.name()));
        }
    }

    private Map<String, String> texts(String language) throws Exception {
        String json = get("/texts_" + language + ".json").body();
        return JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, List<String> headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .headers(headers.toArray(String[]::new))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
