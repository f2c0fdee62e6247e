package dev.nodoubt.services.mail;

import dev.nodoubt.test.EmbeddedPostgres;
import dev.nodoubt.test.EmbeddedServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in this process, on free ports, with a database and a mail server of its own. */
final class RunningService implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final ScriptedSmtp smtp;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    private RunningService(Database database, ScriptedSmtp smtp, ConfigurableApplicationContext context) {
        this.database = database;
        this.smtp = smtp;
        this.context = context;
        this.address = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    private static final class Shared {
        static final EmbeddedPostgres SERVER = EmbeddedPostgres.start(Map.of("fsync", "off"));
    }

    /** What the service stores in. */
    record Database(String url, Closeable server) {

        /** The database {@code mail} of a server that ends with the service. */
        static Database of(EmbeddedServer server) {
            server.createDatabase("mail");
            return new Database(server.jdbcUrl("mail"), server::close);
        }

        /** A database of its own on one server for all classes, which nobody kills. */
        static Database shared() {
            String name = "service" + COUNT.incrementAndGet();
            Shared.SERVER.createDatabase(name);
            return new Database(Shared.SERVER.jdbcUrl(name), () -> {});
        }

        static Database h2() {
            return new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", () -> {});
        }
    }

    /** Starts it on a database of its own with these properties, which go before its own. */
    static RunningService start(String... properties) throws IOException {
        return start(Database.shared(), properties);
    }

    static RunningService start(Database database, String... properties) throws IOException {
        ScriptedSmtp smtp = new ScriptedSmtp();
        List<String> defaults = List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "spring.datasource.url=" + database.url(),
                "mail.smtp.port=" + smtp.port(),
                "mail.anonymous=true",
                "mail.worker.poll=1h");
        Map<String, String> all = new LinkedHashMap<>();
        Stream.of(defaults, List.of(properties)).flatMap(List::stream).forEach(property -> {
            int equals = property.indexOf('=');
            all.put(property.substring(0, equals), property.substring(equals + 1));
        });
        return new RunningService(
                database,
                smtp,
                new SpringApplicationBuilder(MailService.class)
                        .web(WebApplicationType.SERVLET)
                        .properties("spring.main.banner-mode=off")
                        .run(all.entrySet().stream()
                                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                                .toArray(String[]::new)));
    }

    ScriptedSmtp smtp() {
        return smtp;
    }

    String body(String to) {
        return "{\"to\":\"" + to + "\",\"subject\":\"이체 완료\",\"text\":\"12.34원을 보냈습니다.\"}";
    }

    /** Posts a notification; a key of "" is no key. Headers are names and values in turn. */
    HttpResponse<String> post(String key, String body, String... headers) throws IOException, InterruptedException {
        return postTo("/api/notifications", key, body, headers);
    }

    HttpResponse<String> postTo(String path, String key, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", '"' + key + '"');
        }
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** How many notifications are recorded. */
    long recorded() {
        return jdbc().sql("SELECT count(*) FROM nodoubt_intent")
                .query(Long.class)
                .single();
    }

    /** How many keys the gate knows. */
    long gateRows() {
        return jdbc().sql("SELECT count(*) FROM nodoubt_gate").query(Long.class).single();
    }

    /** The copies of a notification's mail that exist. */
    List<String> mailsOf(String id) {
        return smtp.mails().stream()
                .filter(mail -> mail.contains("Message-ID: <" + id + "@"))
                .toList();
    }

    JdbcClient jdbc() {
        return JdbcClient.create(context.getBean(DataSource.class));
    }

    @Override
    public void close() throws IOException {
        context.close();
        smtp.close();
        database.server().close();
    }
}
