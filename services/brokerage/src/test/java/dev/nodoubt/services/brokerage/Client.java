package dev.nodoubt.services.brokerage;

import dev.nodoubt.IdempotencyKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a process on loopback over HTTP. */
final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    Client(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** An answer with its body read as JSON. */
    record Answer(int status, HttpResponse<String> response, JsonNode body) {

        String text(String field) {
            return body.path(field).asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static String order(String symbol, int quantity) {
        return """
                {"symbol":"%s","side":"buy","quantity":%d,"price":"50000.50"}""".formatted(symbol, quantity);
    }

    static IdempotencyKey newKey() {
        return IdempotencyKey.create(Instant.now());
    }

    Answer place(IdempotencyKey key, String order) {
        return send(request("/api/orders")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", '"' + key.value() + '"')
                .POST(BodyPublishers.ofString(order)));
    }

    Answer settle(String id, String settlement) {
        return send(request("/api/orders/" + id + "/settlement")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(settlement)));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /** The exchange's book. */
    List<JsonNode> book() {
        return nodes(get("/book").body());
    }

    /** Every order in this state, page by page. */
    List<JsonNode> orders(String state) {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        do {
            Answer page = get("/api/orders?state=" + state + after);
            all.addAll(nodes(page.body().path("items")));
            after = "&after=" + page.text("next");
        } while (!after.equals("&after="));
        return all;
    }

    private static List<JsonNode> nodes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String body = response.body();
            JsonMapper json = JsonMapper.shared();
            return new Answer(
                    response.statusCode(), response, body.isEmpty() ? json.createObjectNode() : json.readTree(body));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
