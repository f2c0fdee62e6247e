package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.spring.OrdersClient.Order;
import dev.nodoubt.spring.OrdersClient.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DurableServicesTest {

    private static ConfigurableApplicationContext receiver;
    private static ConfigurableApplicationContext caller;
    private static OrderService orders;
    private static OrdersClient client;
    private static Outbox outbox;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        receiver = OrdersApplication.start();
        orders = receiver.getBean(OrderService.class);
        caller = OrdersClientApplication.start(OrdersApplication.port(receiver));
        client = caller.getBean(OrdersClient.class);
        outbox = caller.getBean(Outbox.class);
        transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        caller.close();
        receiver.close();
    }

    @Test
    void aMethodThatReturnsADurableIsRecordedAndItsReplyIsReadOnceItIsExecuted() {
        Durable<Receipt> durable = commit(() -> {
            Durable<Receipt> recorded = client.order(new Order("durable pen"));
            assertThat(recorded.outcome()).isEmpty();
            assertThat(recorded.reply()).isEmpty();
            return recorded;
        });

        assertThat(settled(durable)).isInstanceOf(Outcome.Executed.class);
        assertThat(durable.reply()).get().extracting(Receipt::item).isEqualTo("durable pen");
        assertThat(orders.count("durable pen")).isOne();
        assertThat(durable.target()).isEqualTo("orders");
        assertThat(durable.replyType()).isEqualTo(Receipt.class);
    }

    @Test
    void aCallOfARolledBackTransactionWasNeverMade() {
        Durable<Receipt> undone = Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            return client.order(new Order("durable undone"));
        }));

        // a later call is delivered after anything that was wrongly handed over before it
        settled(commit(() -> client.order(new Order("durable after undone"))));
        assertThat(outbox.find(undone.key())).isEmpty();
        assertThat(orders.count("durable undone")).isZero();
    }

    @Test
    void aDeclaredRefusalIsAnOutcomeWithoutAReply() {
        Durable<Receipt> durable = commit(() -> client.order(new Order("scarce durable")));

        assertThat(settled(durable)).isInstanceOf(Outcome.Rejected.class);
        assertThat(durable.reply()).isEmpty();
    }

    @Test
    void aVoidMethodWithTheAnnotationIsRecordedUnderItsTerms() {
        transaction.executeWithoutResult(status -> client.orderQuietly(new Order("quiet pen")));

        OrdersClientApplication application = caller.getBean(OrdersClientApplication.class);
        await().atMost(Duration.ofSeconds(60)).until(() -> application.handled().size() == 1);
        assertThat(orders.count("quiet pen")).isOne();
    }

    @Test
    void itTakesItsKeyAndItsTermsAsArguments() {
        IdempotencyKey own = IdempotencyKey.create(Instant.now());

        Durable<Receipt> durable =
                commit(() -> client.order(own, new Order("own pen"), call -> call.withReference("transfer 7")));

        settled(durable);
        assertThat(durable.key()).isEqualTo(own);
        assertThat(outbox.find(own).orElseThrow().labels().reference()).isEqualTo("transfer 7");
    }

    @Test
    void aCallWithABusinessKeyThatIsTakenIsTheEarlierOne() {
        Durable<Receipt> first = commit(() -> client.order(
                IdempotencyKey.create(Instant.now()), new Order("first pen"), call -> call.withBusinessKey("pen 1")));
        Durable<Receipt> second = commit(() -> client.order(
                IdempotencyKey.create(Instant.now()), new Order("second pen"), call -> call.withBusinessKey("pen 1")));

        assertThat(second.key()).isEqualTo(first.key());
    }

    @Test
    void pathVariablesAndQueryAreEncodedAsARestClientDoes() {
        Durable<Void> durable =
                commit(() -> client.replace("a/b c", "남김 & 더", call -> call.withDelay(Duration.ofHours(1))));

        assertThat(outbox.find(durable.key()).map(RecordedCall::operation))
                .hasValue("PUT /orders/a%2Fb%20c/lines?reason=%EB%82%A8%EA%B9%80%20%26%20%EB%8D%94");
        assertThat(durable.reply()).isEmpty();
        outbox.cancel(durable.key());
    }

    @Test
    void aFormIsABodyLikeAnyOther() {
        Durable<String> durable = commit(() -> client.form("form pen & co"));

        assertThat(settled(durable)).isInstanceOf(Outcome.Executed.class);
        assertThat(durable.reply()).hasValue("주문 form pen & co");
        assertThat(orders.count("form pen & co")).isOne();
    }

    @Test
    void otherReturnTypesPassThroughAndMayCarryAKey() {
        IdempotencyKey key = IdempotencyKey.create(Instant.now());

        Receipt first = client.orderNow(key, new Order("plain pen"));
        Receipt replayed = client.orderNow(key, new Order("plain pen"));

        assertThat(client.ungated("ungated pen")).isEqualTo("done");
        assertThat(replayed).isEqualTo(first);
        assertThat(orders.count("plain pen")).isOne();
        assertThat(outbox.find(key)).isEmpty();
    }

    @Test
    void aCallOutsideATransactionIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> client.order(new Order("outside")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "to orders (POST /orders) was not recorded: this thread is in no Spring transaction")
                .hasMessageContaining("@Transactional");
        assertThatThrownBy(() -> client.orderQuietly(new Order("outside")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@Transactional");
    }

    @Test
    void aHandleIsFoundAgainByItsKey() {
        Durable<Receipt> durable = commit(() -> client.order(new Order("found pen")));
        settled(durable);

        Optional<Durable<Receipt>> found = caller.getBean(DurableClient.class).find(durable.key(), Receipt.class);

        assertThat(found.flatMap(Durable::reply)).isEqualTo(durable.reply()).isPresent();
        assertThat(found.orElseThrow()).hasToString("call " + durable.key() + " to orders");
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
