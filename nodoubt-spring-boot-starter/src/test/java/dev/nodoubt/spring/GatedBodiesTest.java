package dev.nodoubt.spring;

import static dev.nodoubt.spring.Caller.newKey;
import static dev.nodoubt.spring.Caller.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Bodies that are taken apart, or too large for memory. */
class GatedBodiesTest {

    private static final String KEY = "Idempotency-Key";

    private static ConfigurableApplicationContext application;
    private static OrderService orders;
    private static Caller caller;

    @BeforeAll
    static void start() {
        application = OrdersApplication.start();
        orders = application.getBean(OrderService.class);
        caller = new Caller(OrdersApplication.port(application));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void aMultipartRequestIsTheSameUnderAnotherBoundary() {
        String key = newKey();

        HttpResponse<String> first = multipart(key, "first", "lamp");
        HttpResponse<String> again = multipart(key, "second", "lamp");
        HttpResponse<String> other = multipart(key, "second", "lantern");

        assertThat(first.body()).isEqualTo("주문 lamp");
        assertThat(outcome(first)).isEqualTo("executed");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo("주문 lamp");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(orders.count("lamp")).isOne();
        assertThat(orders.count("lantern")).isZero();
    }

    private static HttpResponse<String> multipart(String key, String boundary, String item) {
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"item\"\r\n\r\n" + item + "\r\n--"
                + boundary + "--\r\n";
        return caller.send("POST", "/forms", "multipart/form-data; boundary=" + boundary, body, KEY, key);
    }

    @Test
    void aMultipartRequestThatIsMalformedOrTooLargeIsRefusedAndDoesNotRun() {
        HttpResponse<String> malformed = caller.send("POST", "/forms", "multipart/form-data", "--b--", KEY, newKey());
        HttpResponse<String> large = multipart(newKey(), "b", "x".repeat(1024 * 1024 + 1));

        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).contains("multipart-invalid");
        assertThat(outcome(malformed)).isEqualTo("not-executed");
        assertThat(large.statusCode()).isIn(400, 413);
        assertThat(outcome(large)).isEqualTo("not-executed");
        assertThat(orders.count("x".repeat(1024 * 1024 + 1))).isZero();
    }

    @Test
    void aBodyThatWasSpooledToDiskIsHandedToTheHandlerWhole() {
        String body = "x".repeat(500_000);

        HttpResponse<String> answer = caller.send("POST", "/bare", "text/plain", body, KEY, newKey());

        assertThat(answer.body()).isEqualTo("had 500000");
        assertThat(outcome(answer)).isEqualTo("executed");
    }
}
