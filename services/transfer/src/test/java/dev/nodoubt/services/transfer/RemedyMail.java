package dev.nodoubt.services.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A server that speaks as the mail service does without its gate: each request is another mail, and a row tells of it. What
 * goes wrong is said by the address that the notification is for.
 */
final class RemedyMail implements AutoCloseable {

    static final String ANSWER_LOST = "answer-lost@example.com";
    static final String REQUEST_LOST = "request-lost@example.com";
    static final String REFUSED = "refused@example.com";

    private final List<UUID> requests = new CopyOnWriteArrayList<>();
    private final BiConsumer<UUID, String> row;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** @param row writes what the service's row says of this request: DONE or REFUSED */
    RemedyMail(BiConsumer<UUID, String> row) {
        this.row = row;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/notifications", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Makes the mail service's own tables. */
    static void createTables(DataSource database, String capability) {
        Path script = Path.of("..", "mail", "src", "main", "resources", "capability", capability + ".sql");
        try {
            JdbcClient.create(database).sql(Files.readString(script)).update();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many requests of this id arrived. */
    long requests(String id) {
        return requests.stream().filter(UUID.fromString(id)::equals).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            UUID id = UUID.fromString(exchange.getRequestHeaders().getFirst("Request-Id"));
            requests.add(id);
            if (body.contains(REQUEST_LOST)) {
                return;
            }
            boolean refused = body.contains(REFUSED);
            row.accept(id, refused ? "REFUSED" : "DONE");
            if (!body.contains(ANSWER_LOST)) {
                byte[] answer = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(refused ? 400 : 202, answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
