package dev.nodoubt.services.transfer;

import dev.nodoubt.Payload;
import dev.nodoubt.services.transfer.NotificationView.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Asks the mail service what became of a notification that it took. Only reading, and only for a person who looks: when
 * it does not answer in time, the reason is shown in the delivery's place.
 */
@Component
final class MailClient {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final HttpClient http;
    private final URI base;
    private final Duration timeout;
    private final ObjectMapper json;

    MailClient(@Value("${nodoubt.targets.mail.base-url}") URI base, TransferProperties properties, ObjectMapper json) {
        this.base = base;
        this.timeout = properties.deliveryTimeout();
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The delivery of the notification that this recorded reply of the mail service names. */
    Delivery delivery(Payload acceptance) {
        String id = id(acceptance);
        if (!ID.matcher(id).matches()) {
            return Delivery.none("the mail service's reply names no notification");
        }
        URI address = URI.create(base.toString().replaceAll("/+$", "") + "/api/notifications/" + id);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            // The request's own timeout ends with the answer's head: a body that drips is bounded here.
            return told(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return Delivery.none("the mail service did not answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Delivery.none("the mail service could not be asked");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Delivery.none("the service is being stopped");
        }
    }

    private Delivery told(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != 200) {
            return Delivery.none("the mail service answered with status " + answer.statusCode());
        }
        try {
            JsonNode told = json.readTree(answer.body());
            return told.isObject() ? new Delivery(told, null) : Delivery.none("the mail service's answer is no object");
        } catch (JacksonException e) {
            return Delivery.none("the mail service's answer is no JSON");
        }
    }

    private String id(Payload acceptance) {
        try {
            return json.readTree(acceptance.bytes()).path("id").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }
}
