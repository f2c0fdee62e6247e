package dev.nodoubt.services.transfer;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.test.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The whole service on a real PostgreSQL, asked over HTTP; one server and one application for all classes. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // A class that needs other addresses says so with @TestPropertySource.
            "spring.datasource.url=${test.transfer.url}",
            "nodoubt.targets.mail.base-url=${test.mail.address}",
            // A busy machine is no outage.
            "nodoubt.targets.mail.connect-timeout=3s",
            "nodoubt.targets.mail.response-timeout=5s",
            // It would stop while its database ends in this JVM's other hook, and wait for connections.
            "spring.main.register-shutdown-hook=false"
        })
abstract class ServiceTest {

    static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(Map.of("fsync", "off"));
    static final MailStandIn MAIL = new MailStandIn();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ObjectMapper json;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry properties) {
        POSTGRES.createDatabase("transfer");
        properties.add("test.transfer.url", () -> POSTGRES.jdbcUrl("transfer"));
        properties.add("test.mail.address", MAIL::address);
    }

    /** An answer with its body read as JSON. */
    record Answer(int status, HttpResponse<String> response, JsonNode body) {

        String text(String field) {
            return body.path(field).asString("");
        }
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Answer transfer(IdempotencyKey key, String body) {
        return send(request("/api/transfers")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", '"' + key.value() + '"')
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Answer transfer(String from, String to, String amount) {
        return transfer(newKey(), order(from, to, amount));
    }

    static String order(String from, String to, String amount) {
        return """
                {"from":"%s","to":"%s","amount":"%s","memo":"점심 값"}""".formatted(from, to, amount);
    }

    static IdempotencyKey newKey() {
        return IdempotencyKey.create(Instant.now());
    }

    /** Opens an account whose owner is told of money, and returns its id. */
    String account(String balance) {
        return post("/api/accounts", """
                        {"owner":"김민준","email":"minjun@example.com","balance":"%s"}""".formatted(balance)).text("id");
    }

    String balance(String account) {
        return get("/api/accounts/" + account).text("balance");
    }

    long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    /** Open calls and settled ones. */
    long calls() {
        return jdbc.sql("select (select count(*) from nodoubt_call) + (select count(*) from nodoubt_settled)")
                .query(Long.class)
                .single();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode body = type.contains("json") ? json.readTree(response.body()) : json.createObjectNode();
            return new Answer(response.statusCode(), response, body);
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
