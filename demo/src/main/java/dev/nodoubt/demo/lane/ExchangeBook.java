package dev.nodoubt.demo.lane;

import dev.nodoubt.demo.mailbox.Mail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The exchange's own book, which says what really happened. Each transfer of the input is an order whose quantity is the
 * transfer's number, so that an order in the book names the transfer without any id of ours.
 */
final class ExchangeBook {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final HttpRequest book;

    ExchangeBook(URI exchange) {
        this.book = HttpRequest.newBuilder(exchange.resolve("/book"))
                .timeout(TIMEOUT)
                .build();
    }

    /** The order that stands for a transfer, within what this exchange trades. */
    static Map<String, Object> order(Transfer transfer) {
        return Map.of("symbol", "HANB", "side", "buy", "quantity", transfer.number(), "price", "50000");
    }

    /** The id of the lane's order with this quantity. */
    static String id(String lane, long quantity) {
        return String.format(Locale.ROOT, "%s-%06d", lane, quantity);
    }

    /** What stands in the book and was not cancelled, in the form in which mails are counted. */
    List<Mail> orders(String lane) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(book, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the exchange does not show its book: status " + answer.statusCode());
        }
        List<Mail> orders = new ArrayList<>();
        for (JsonNode order : JSON.readTree(answer.body())) {
            if (!order.path("state").asString().equals("cancelled")) {
                String id = id(lane, order.path("quantity").asLong());
                orders.add(new Mail(
                        order.path("orderId").asString(),
                        "",
                        order.path("symbol").asString(),
                        id));
            }
        }
        return orders;
    }
}
