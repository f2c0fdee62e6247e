package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.spring.OrdersClient.Order;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application whose context is stopped and started again, as around a checkpoint of its process. */
class RelayRestartTest {

    @Test
    void whatIsRecordedWhileItIsStoppedIsDeliveredAfterIt() {
        breaks(ConfigurableApplicationContext::stop, ConfigurableApplicationContext::start);
    }

    @Test
    void whatIsRecordedWhileItIsPausedIsDeliveredAfterIt() {
        breaks(ConfigurableApplicationContext::pause, ConfigurableApplicationContext::restart);
    }

    private static void breaks(
            Consumer<ConfigurableApplicationContext> begin, Consumer<ConfigurableApplicationContext> end) {
        try (ConfigurableApplicationContext receiver = OrdersApplication.start();
                ConfigurableApplicationContext caller =
                        OrdersClientApplication.start(OrdersApplication.port(receiver))) {
            awaitExecuted(caller, order(caller, "before"));
            RelayLifecycle relay = caller.getBean(RelayLifecycle.class);

            begin.accept(caller);
            assertThat(relay.isRunning()).isFalse();
            IdempotencyKey meanwhile = order(caller, "meanwhile");
            assertThat(state(caller, meanwhile)).isEqualTo(CallState.WAITING);
            end.accept(caller);

            assertThat(relay.isRunning()).isTrue();
            awaitExecuted(caller, meanwhile);
            awaitExecuted(caller, order(caller, "after"));
            assertThat(receiver.getBean(OrderService.class).count("meanwhile")).isOne();
        }
    }

    private static IdempotencyKey order(ConfigurableApplicationContext caller, String item) {
        OrdersClient orders = caller.getBean(OrdersClient.class);
        return Objects.requireNonNull(new TransactionTemplate(caller.getBean(PlatformTransactionManager.class))
                        .execute(status -> orders.order(new Order(item))))
                .key();
    }

    private static CallState state(ConfigurableApplicationContext caller, IdempotencyKey key) {
        return caller.getBean(Outbox.class).find(key).orElseThrow().state();
    }

    private static void awaitExecuted(ConfigurableApplicationContext caller, IdempotencyKey key) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state(caller, key) == CallState.EXECUTED);
    }
}
