package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** An HTTP interface as a user would write one; some of its methods are recorded. */
@HttpExchange(accept = MediaType.APPLICATION_JSON_VALUE)
interface OrdersClient {

    record Order(String item) {}

    record Receipt(long id, String item) {}

    @PostExchange("/orders")
    Durable<Receipt> order(@RequestBody Order order);

    @DurableCall(handler = "outcomes", deadline = "10m")
    @PostExchange("/orders")
    void orderQuietly(@RequestBody Order order);

    @PostExchange("/orders")
    Durable<Receipt> order(IdempotencyKey key, @RequestBody Order order, CallCustomizer call);

    @PutExchange("/orders/{id}/lines")
    Durable<Void> replace(@PathVariable String id, @RequestParam String reason, CallCustomizer call);

    @PostExchange(url = "/forms", contentType = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Durable<String> form(@RequestParam String item);

    @PostExchange("/orders")
    Receipt orderNow(IdempotencyKey key, @RequestBody Order order);

    @PostExchange(url = "/ungated", contentType = MediaType.TEXT_PLAIN_VALUE)
    String ungated(@RequestBody String item);
}
