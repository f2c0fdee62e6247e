package dev.nodoubt.demo.mailbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The mailbox over HTTP on loopback: the page at {@code /} and the list at {@code /api/messages?to=…}, or
 * of one transfer with {@code ?transfer=…}. */
final class MailboxServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Mailbox mailbox;
    private final Locale locale;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);

    /**
     * Listens at once.
     *
     * @param port 0 for one that the system gives
     * @param locale of the page unless the request names another by {@code lang}
     */
    MailboxServer(int port, Mailbox mailbox, Locale locale) throws IOException {
        this.mailbox = mailbox;
        this.locale = locale;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String method = exchange.getRequestMethod();
            if (!method.equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, "text/plain; charset=utf-8", "only GET is answered here\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> send(exchange, 200, "text/html; charset=utf-8", page(query));
                case "/api/messages" -> send(exchange, 200, "application/json", messages(query));
                case "/style.css" -> send(exchange, 200, "text/css; charset=utf-8", style());
                default ->
                    send(exchange, 404, "text/plain; charset=utf-8", "nothing is here; try / or /api/messages\n");
            }
        }
    }

    private String page(Map<String, String> query) {
        String asked = query.getOrDefault("lang", locale.getLanguage());
        String to = query.getOrDefault("to", "");
        MailboxPage page = new MailboxPage(asked.equals("ko") ? Locale.KOREAN : Locale.ENGLISH);
        return page.html(mailbox.find(to), to, number(query.getOrDefault("page", "1")));
    }

    private String messages(Map<String, String> query) {
        String transfer = query.get("transfer");
        List<Mail> mails = transfer == null
                ? mailbox.find(query.getOrDefault("to", "")).stream()
                        .map(Mailbox.Arrived::mail)
                        .toList()
                : mailbox.about(transfer);
        return JSON.writeValueAsString(mails);
    }

    private static String style() throws IOException {
        try (InputStream css = MailboxServer.class.getResourceAsStream("style.css")) {
            if (css == null) {
                throw new IOException("style.css is missing from the jar");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> values = new HashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
