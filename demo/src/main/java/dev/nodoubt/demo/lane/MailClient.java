package dev.nodoubt.demo.lane;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Calls the mail service as most programs do: one POST, a timeout, no key. Thread-safe. */
final class MailClient {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final URI notifications;
    private final Pace pace;

    /** What the caller knows after an attempt. */
    enum Knowledge {
        SENT,
        NOT_SENT,
        UNKNOWN
    }

    MailClient(URI base, Pace pace) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(pace.connect())
                .build();
        this.notifications = base.resolve("/api/notifications");
        this.pace = pace;
    }

    Knowledge attempt(String transferId, String address, Transfer transfer) throws InterruptedException {
        return attempt(transferId, address, transfer, Map.of());
    }

    /** @param headers further ones, such as the id by which the mail service records the request */
    Knowledge attempt(String transferId, String address, Transfer transfer, Map<String, String> headers)
            throws InterruptedException {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("to", address);
        body.put("subject", transfer.from() + " → " + transfer.to() + " " + transfer.amount());
        body.put("text", transfer.numberedMemo());
        body.put("transferId", transferId);
        HttpRequest.Builder request = HttpRequest.newBuilder(notifications)
                .timeout(pace.response())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        headers.forEach(request::header);
        try {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == 202 ? Knowledge.SENT : status < 500 ? Knowledge.NOT_SENT : Knowledge.UNKNOWN;
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Knowledge.NOT_SENT;
        } catch (IOException e) {
            return Knowledge.UNKNOWN;
        }
    }
}
