package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;

/** A plain HTTP client of the test application. */
final class Caller {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Caller(int port) {
        this.port = port;
    }

    static String newKey() {
        return "\"" + IdempotencyKey.create(Instant.now()).value() + "\"";
    }

    HttpResponse<String> order(String item, String... headers) {
        return send("POST", "/orders", "application/json", "{\"item\":\"" + item + "\"}", headers);
    }

    /** @param headers names and values in turn */
    HttpResponse<String> send(String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", type);
        if (headers.length > 0) {
            request.headers(Arrays.copyOf(headers, headers.length));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (IOException e) {
            throw new IllegalStateException("no answer from " + path, e);
        }
    }

    static String outcome(HttpResponse<?> response) {
        return response.headers().firstValue("Nodoubt-Outcome").orElse("(none)");
    }
}
