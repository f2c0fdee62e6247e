package dev.nodoubt.demo.showcase;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.nodoubt.demo.network.FaultyNetwork;
import dev.nodoubt.demo.page.Answers;
import dev.nodoubt.demo.page.Markup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The showcase over HTTP on loopback: the page at {@code /}, what it shows at {@code /api/state}, and the reports once
 * they are written.
 */
public final class ShowcaseServer implements AutoCloseable {

    /** A report brings its style sheet within itself and runs nothing. */
    private static final String REPORT_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> FILES = Map.of(
            "app.js", "text/javascript; charset=utf-8",
            "base.js", "text/javascript; charset=utf-8",
            "view.js", "text/javascript; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "favicon.svg", "image/svg+xml",
            "texts_en.json", "application/json",
            "texts_ko.json", "application/json");

    private static final Map<String, String> REPORTS = Map.of(
            "report.html", "text/html; charset=utf-8",
            "report.json", "application/json",
            "result.svg", "image/svg+xml");

    private final Board board;
    private final LiveState state;
    private final String language;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "showcase");
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
    public ShowcaseServer(int port, Board board, FaultyNetwork network, Places places, Locale locale)
            throws IOException {
        this.board = board;
        this.state = new LiveState(board, network, places);
        this.language = locale.getLanguage();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                Answers.refuse(exchange, 405, "only GET is answered here");
                return;
            }
            answer(exchange, exchange.getRequestURI().getPath().substring(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String name) throws IOException, InterruptedException {
        if (name.isEmpty()) {
            String page = new String(Answers.resource(ShowcaseServer.class, "index.html"), StandardCharsets.UTF_8);
            Answers.send(
                    exchange,
                    "text/html; charset=utf-8",
                    Answers.bytes(Markup.fill(page, Map.of("language", language))));
        } else if (name.equals("api/state")) {
            Answers.send(exchange, "application/json", Answers.bytes(state.json()));
        } else if (FILES.containsKey(name)) {
            Answers.send(exchange, FILES.getOrDefault(name, ""), Answers.resource(ShowcaseServer.class, name));
        } else if (REPORTS.containsKey(name)) {
            report(exchange, name);
        } else {
            Answers.refuse(exchange, 404, "nothing is here; try / or /api/state");
        }
    }

    private void report(HttpExchange exchange, String name) throws IOException {
        Optional<Path> file = board.outcome()
                .map(outcome -> outcome.directory().resolve(name))
                .filter(Files::isReadable);
        if (file.isEmpty()) {
            Answers.refuse(exchange, 404, "no report yet; it is written when the last lane has ended");
            return;
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", REPORT_POLICY);
        Answers.send(exchange, REPORTS.getOrDefault(name, ""), Files.readAllBytes(file.get()));
    }
}
