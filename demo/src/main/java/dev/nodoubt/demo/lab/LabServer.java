package dev.nodoubt.demo.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.demo.page.Answers;
import dev.nodoubt.demo.page.Markup;
import dev.nodoubt.demo.showcase.ShowcaseServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lab over HTTP on loopback: the page at {@code /}, its events, and what a person does on it. */
public final class LabServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final int LONGEST_BODY = 8 * 1024;
    private static final int WATCHERS = 16;
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final long REST_MILLIS = 80;

    /** The page's own files, and those that it shares with the showcase. */
    private static final Map<String, Class<?>> FILES = Map.of(
            "lab.js", LabServer.class,
            "story.js", LabServer.class,
            "lab.css", LabServer.class,
            "texts_en.json", LabServer.class,
            "texts_ko.json", LabServer.class,
            "base.js", ShowcaseServer.class,
            "style.css", ShowcaseServer.class,
            "favicon.svg", ShowcaseServer.class);

    private final Lab lab;
    private final String language;
    private final OwnPage own;
    private final HttpServer server;
    private final Semaphore watchers = new Semaphore(WATCHERS);
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lab-page");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Listens at once.
     *
     * @param port 0 for one that the system gives
     * @param locale of the page until the person chooses another
     * @throws IOException if the port cannot be had
     */
    public LabServer(int port, Lab lab, Locale locale) throws IOException {
        this.lab = lab;
        this.language = locale.getLanguage();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        this.own = new OwnPage(server.getAddress().getPort());
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The token that the page repeats. */
    String token() {
        return own.token();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            String method = exchange.getRequestMethod();
            if (!own.isHost(exchange.getRequestHeaders())) {
                Answers.refuse(exchange, 421, "only 127.0.0.1 and localhost are answered here");
            } else if (method.equals("GET")) {
                show(exchange, name);
            } else if (!method.equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "GET, POST");
                Answers.refuse(exchange, 405, "only GET and POST are answered here");
            } else if (!own.sent(exchange.getRequestHeaders())) {
                Answers.refuse(exchange, 403, "only the lab's own page may do this");
            } else {
                act(exchange, name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(HttpExchange exchange, String name) throws IOException, InterruptedException {
        if (name.isEmpty()) {
            String page = new String(Answers.resource(LabServer.class, "index.html"), StandardCharsets.UTF_8);
            String filled = Markup.fill(page, Map.of("language", language, "token", own.token()));
            Answers.send(exchange, "text/html; charset=utf-8", Answers.bytes(filled));
        } else if (name.equals("api/state")) {
            Answers.send(exchange, "application/json", Answers.bytes(lab.json()));
        } else if (name.equals("api/events")) {
            events(exchange);
        } else if (FILES.containsKey(name)) {
            Answers.send(exchange, type(name), Answers.resource(FILES.getOrDefault(name, LabServer.class), name));
        } else {
            Answers.refuse(exchange, 404, "nothing is here; try /");
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".js" -> SCRIPT;
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "application/json";
        };
    }

    /** The whole state at each change, until the browser leaves or the lab ends. */
    private void events(HttpExchange exchange) throws IOException, InterruptedException {
        if (!watchers.tryAcquire()) {
            Answers.refuse(exchange, 503, "enough browsers watch already; close one");
            return;
        }
        try {
            Answers.head(exchange, "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            News news = lab.news();
            long seen = -1;
            while (!news.isEnded()) {
                long now = news.await(seen, HEARTBEAT);
                String event = now == seen ? ":\n\n" : "data: " + lab.json() + "\n\n";
                exchange.getResponseBody().write(Answers.bytes(event));
                exchange.getResponseBody().flush();
                seen = now;
                Thread.sleep(REST_MILLIS); // changes come in bursts: one event for each burst
            }
        } finally {
            watchers.release();
        }
    }

    private void act(HttpExchange exchange, String name) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            Answers.refuse(exchange, 413, "at most " + LONGEST_BODY + " bytes");
            return;
        }
        try {
            JsonNode asked = JSON.readTree(body);
            switch (name) {
                case "api/send" -> lab.send(sending(asked));
                case "api/hand" ->
                    lab.hand(
                            asked.path("lane").asString(""),
                            Hand.valueOf(asked.path("hand").asString("")));
                case "api/mend" -> lab.mend();
                default -> {
                    Answers.refuse(exchange, 404, "nothing is done here");
                    return;
                }
            }
            Answers.send(exchange, 204, "application/json", new byte[0]);
        } catch (Refused e) {
            refuse(exchange, 409, String.valueOf(e.getMessage()));
        } catch (JacksonException | IllegalArgumentException e) {
            refuse(exchange, 400, "refused_form");
        }
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        byte[] body = JSON.writeValueAsBytes(Map.of("reason", reason));
        Answers.send(exchange, status, "application/json", body);
    }

    private static Sending sending(JsonNode asked) {
        return new Sending(
                asked.path("to").asString(""),
                asked.path("memo").asString(""),
                LabFault.valueOf(asked.path("fault").asString("")),
                asked.path("attempts").asInt(0),
                asked.path("lanes").valueStream().map(lane -> lane.asString("")).toList(),
                asked.path("again").asBoolean(false));
    }
}
