package dev.nodoubt.demo.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a transfer service what it knows of a transfer's mail. Thread-safe. */
final class TransferViews {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /**
     * What the service says.
     *
     * @param last of the last attempt, for a person
     */
    record Known(Belief belief, String last) {}

    /** Empty while the service does not answer, or tells nothing. */
    Optional<Known> ask(URI service, String transfer) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/transfers/" + transfer))
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode mail = JSON.readTree(answer.body()).path("notification");
            if (answer.statusCode() != 200 || !mail.path("outcome").isString()) {
                return Optional.empty();
            }
            return Optional.of(new Known(
                    Belief.of(mail.path("outcome").asString()),
                    mail.path("last").asString("")));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
