package dev.nodoubt.demo.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.demo.lane.Count;
import dev.nodoubt.demo.lane.Lane;
import dev.nodoubt.demo.lane.LaneResult;
import dev.nodoubt.demo.lane.LaneRun;
import dev.nodoubt.demo.lane.LaneRunner;
import dev.nodoubt.demo.lane.Transfer;
import dev.nodoubt.demo.network.Fault;
import dev.nodoubt.demo.network.FaultPlan;
import dev.nodoubt.demo.network.FaultyNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ShowcaseServerTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TEXT = Pattern.compile("(?:\\btext\\(|data-text=)['\"](\\w+)['\"]");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Board board = new Board();
    private HttpServer others;
    private FaultyNetwork network;
    private ShowcaseServer server;

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        others = HttpServer.create(any, 10);
        others.start();
        URI base = URI.create("http://127.0.0.1:" + others.getAddress().getPort() + "/");
        network = new FaultyNetwork(others.getAddress(), new FaultPlan(1), Duration.ofMillis(100));
        server = new ShowcaseServer(0, board, network, new Places(base, base, base), Locale.KOREAN);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        network.close();
        others.stop(0);
    }

    @Test
    void theStateTellsLanesFaultsAndTargets() throws Exception {
        answer("/api/messages", """
                [{"messageId":"m1","to":"a","subject":"s","transferId":"first-1"},
                 {"messageId":"m2","to":"a","subject":"s","transferId":"first-1"}]
                """);
        answer("/api/targets", """
                [{"name":"mail","breaker":"open","breakerRemainingMs":1500}]
                """);
        board.expect(List.of("first", "second"), 2);
        Lane lane = new Committed("first", Set.of("first-1", "first-2"));
        board.begin(lane, new LaneRunner(lane, List.of(), 1));

        JsonNode state = state();

        assertThat(state.path("transfers").asInt()).isEqualTo(2);
        JsonNode first = state.path("lanes").get(0);
        assertThat(first.path("lane").asString()).isEqualTo("first");
        assertThat(first.path("phase").asString()).isEqualTo("RUNNING");
        assertThat(first.path("mailsReceived").asInt()).isEqualTo(2);
        assertThat(first.path("lost").asInt()).isEqualTo(1);
        assertThat(first.path("doubled").asInt()).isEqualTo(1);
        assertThat(first.path("inDoubt").asInt()).isEqualTo(3);
        JsonNode second = state.path("lanes").get(1);
        assertThat(second.path("phase").asString()).isEqualTo("WAITING");
        assertThat(second.has("lost")).isFalse();
        assertThat(state.path("network").path("faults")).hasSize(Fault.values().length);
        assertThat(state.path("targets").get(0).path("breaker").asString()).isEqualTo("open");
        assertThat(state.has("outcome")).isFalse();
    }

    @Test
    void aLaneThatEndedKeepsItsTime() throws Exception {
        answer("/api/messages", "[]");
        board.expect(List.of("first"), 0);
        Lane lane = new Committed("first", Set.of());
        board.begin(lane, new LaneRunner(lane, List.of(), 1));
        board.end(lane, new LaneRun(List.of(), 2.0, 12.34));

        JsonNode first = state().path("lanes").get(0);

        assertThat(first.path("phase").asString()).isEqualTo("SETTLED");
        assertThat(first.path("seconds").asDouble()).isEqualTo(12.3);
    }

    @Test
    void afterTheReportTheCountsAreThoseReported() throws Exception {
        answer("/api/messages", """
                [{"messageId":"m1","to":"a","subject":"s","transferId":"first-1"}]
                """);
        board.expect(List.of("first"), 7);
        Lane lane = new Committed("first", Set.of("first-1", "first-2"));
        board.begin(lane, new LaneRunner(lane, List.of(), 1));
        Count count = new Count(7, 1, new Count.Mails(9, 2, 3, 4, 0), 5);
        LaneResult result =
                new LaneResult("first", count, new LaneRun(List.of(), 1, 1), Lane.Promise.NOTHING, List.of());
        board.conclude(new Board.Outcome(Path.of("out"), false, List.of(result)));

        JsonNode first = state().path("lanes").get(0);

        assertThat(first.path("mailsReceived").asInt()).isEqualTo(9);
        assertThat(first.path("lost").asInt()).isEqualTo(2);
        assertThat(first.path("inDoubt").asInt()).isEqualTo(5);
    }

    @Test
    void whatDoesNotAnswerIsLeftOut() throws Exception {
        board.expect(List.of("first"), 2);
        Lane lane = new Committed("first", Set.of());
        board.begin(lane, new LaneRunner(lane, List.of(), 1));

        JsonNode state = state();

        assertThat(state.has("targets")).isFalse();
        assertThat(state.path("lanes").get(0).has("lost")).isFalse();
        assertThat(state.path("lanes").get(0).path("done").asInt()).isZero();
    }

    @Test
    void reportsAreServedOnceTheyAreWritten(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("report.html"), "<p>report</p>");
        Files.writeString(directory.resolve("other.txt"), "x");

        assertThat(get("/report.html").statusCode()).isEqualTo(404);
        board.conclude(new Board.Outcome(directory, true, List.of()));

        HttpResponse<String> report = get("/report.html");
        assertThat(report.body()).isEqualTo("<p>report</p>");
        assertThat(policy(report)).contains("default-src 'none'").doesNotContain("script-src");
        assertThat(get("/other.txt").statusCode()).isEqualTo(404);
        assertThat(get("/../other.txt").statusCode()).isEqualTo(404);
        assertThat(get("/result.svg").statusCode()).isEqualTo(404);
        assertThat(state().path("outcome").toString()).isEqualTo("{\"kept\":true}");
    }

    @Test
    void thePageLoadsOnlyFilesOfItsOwn() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.body()).contains("<html lang=\"ko\">").doesNotContain("style=", "onclick", "{language}");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(policy(page))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        for (String file : List.of("/app.js", "/base.js", "/view.js", "/style.css", "/favicon.svg")) {
            assertThat(get(file).statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void onlyGetIsAnswered() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(address("/api/state"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();

        assertThat(http.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void bothLanguagesHaveEveryTextThatThePageAsksFor() throws Exception {
        Map<String, String> english = texts("en");
        Map<String, String> korean = texts("ko");
        Set<String> asked = new TreeSet<>();
        for (String file : List.of("/", "/app.js", "/view.js", "/base.js")) {
            TEXT.matcher(get(file).body()).results().forEach(found -> asked.add(found.group(1)));
        }
        for (Fault fault : Fault.values()) {
            asked.add("fault_" + fault);
        }
        for (Board.Phase phase : Board.Phase.values()) {
            asked.add("phase" + phase);
        }

        asked.addAll(List.of("kept", "broken"));

        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(english).containsKeys(asked.toArray(String[]::new));
        assertThat(korean.keySet()).isEqualTo(english.keySet());
        assertThat(korean.values()).doesNotContain("");
    }

    private Map<String, String> texts(String language) throws Exception {
        return JSON.readValue(get("/texts_" + language + ".json").body(), new TypeReference<Map<String, String>>() {});
    }

    private void answer(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        others.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private JsonNode state() throws Exception {
        return JSON.readTree(get("/api/state").body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static String policy(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Security-Policy").orElse("");
    }

    /** A lane that has committed these and three doubts. */
    private record Committed(String name, Set<String> ids) implements Lane {

        @Override
        public void open(List<Transfer> input) {}

        @Override
        public Client client() {
            throw new UnsupportedOperationException("nothing runs here");
        }

        @Override
        public Books books() {
            return new Books(ids, 3);
        }

        @Override
        public boolean owns(String transferId) {
            return transferId.startsWith(name + "-");
        }
    }
}
