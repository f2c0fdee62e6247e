package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.spring.OrdersClient.Order;
import dev.nodoubt.spring.OrdersClient.Receipt;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DurableClientTest {

    private static ConfigurableApplicationContext receiver;
    private static ConfigurableApplicationContext caller;
    private static OrderService orders;
    private static DurableClient client;
    private static Outbox outbox;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        receiver = OrdersApplication.start();
        orders = receiver.getBean(OrderService.class);
        caller = OrdersClientApplication.start(OrdersApplication.port(receiver));
        client = caller.getBean(DurableClient.class);
        outbox = caller.getBean(Outbox.class);
        transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        caller.close();
        receiver.close();
    }

    @Test
    void anObjectIsRecordedDeliveredAndItsReplyIsAnObject() {
        Durable<Receipt> receipt = commit(() -> client.post("orders")
                .uri("/orders")
                .body(new Order("client pen"))
                .send(Receipt.class));

        assertThat(settled(receipt)).isInstanceOf(Outcome.Executed.class);
        assertThat(receipt.reply()).get().extracting(Receipt::item).isEqualTo("client pen");
        assertThat(orders.count("client pen")).isOne();
    }

    @Test
    void aReplyOfAGenericTypeIsReadAsThat() {
        Durable<Map<String, Object>> receipt = commit(() -> client.post("orders")
                .uri("/orders")
                .body(Map.of("item", "generic pen"), new ParameterizedTypeReference<Map<String, String>>() {})
                .send(new ParameterizedTypeReference<Map<String, Object>>() {}));

        settled(receipt);

        assertThat(receipt.reply()).get().extracting("item").isEqualTo("generic pen");
    }

    @Test
    void aCallOfARolledBackTransactionWasNeverMade() {
        Durable<Void> undone = Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            return client.post("orders")
                    .uri("/orders")
                    .body(new Order("client undone"))
                    .send();
        }));

        settled(commit(() -> client.post("orders")
                .uri("/orders")
                .body(new Order("client after"))
                .send()));
        assertThat(outbox.find(undone.key())).isEmpty();
        assertThat(orders.count("client undone")).isZero();
    }

    @Test
    void methodVariablesAndTermsAreRecorded() {
        Durable<Void> waiting = commit(() -> client.put("orders")
                .uri("/orders/{id}?reason={reason}", "a b", "x&y")
                .contentType(MediaType.TEXT_PLAIN)
                .body("now")
                .with(call -> call.withDelay(Duration.ofHours(1)))
                .with(call -> call.withReference("order a"))
                .send());

        RecordedCall recorded = outbox.find(waiting.key()).orElseThrow();
        assertThat(recorded.operation()).isEqualTo("PUT /orders/a%20b?reason=x%26y");
        assertThat(recorded.labels().reference()).isEqualTo("order a");
        outbox.cancel(waiting.key());
    }

    @Test
    void anAddressOfItsOwnIsRefused() {
        assertThatThrownBy(() -> client.post("orders").uri("http://elsewhere/orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a path below the target's base-url");
        assertThatThrownBy(() -> client.post("orders").uri("//elsewhere/orders"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBodyOrAReplyThatNoConverterKnowsIsRefusedAndNamed() {
        assertThatThrownBy(() -> client.post("orders")
                        .contentType(MediaType.APPLICATION_PDF)
                        .body(new Order("pdf")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "no HttpMessageConverter writes a " + Order.class.getTypeName() + " as application/pdf");

        Reply reply = Reply.of(200, Payload.of(new byte[] {1}, "application/pdf"));
        assertThatThrownBy(() -> client.read(reply, Receipt.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no HttpMessageConverter reads a reply of application/pdf");
    }

    @Test
    void aReplyWithoutABodyReadsAsNothing() {
        assertThat(client.read(Reply.of(202), Receipt.class)).isEmpty();
        assertThat(client.read(new Reply(200, Map.of(), null), Receipt.class)).isEmpty();
        assertThat(client.read(Reply.of(200, Payload.json("{\"id\":7,\"item\":\"pen\"}")), Receipt.class))
                .hasValue(new Receipt(7, "pen"));
    }

    @Test
    void aCallOutsideATransactionIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> client.delete("orders").uri("/orders/1").send())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "to orders (DELETE /orders/1) was not recorded: this thread is in no Spring" + " transaction")
                .hasMessageContaining("@Transactional");
    }

    private static <T> T commit(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private static Outcome settled(Durable<?> durable) {
        return await().atMost(Duration.ofSeconds(60))
                .until(durable::outcome, Optional::isPresent)
                .orElseThrow();
    }
}
