package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Outcome;
import dev.nodoubt.spring.OrdersClient.Order;
import dev.nodoubt.spring.OrdersClient.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Caller and receiver with {@code spring.threads.virtual.enabled}, which does nothing before Java 21. */
class VirtualThreadsTest {

    private static final String VIRTUAL = "spring.threads.virtual.enabled=true";
    private static final int ORDERS = 20;

    /** Remembers on which kind of thread requests reach the gate. */
    @Import(OrdersApplication.class)
    static class Receiver {

        private final Set<String> threads = ConcurrentHashMap.newKeySet();

        @Bean
        GateScope watchedScope() {
            return request -> {
                threads.add(Thread.currentThread().getClass().getSimpleName());
                return GateScope.PRINCIPAL.of(request);
            };
        }
    }

    @Test
    void relayGateDurableInterfaceAndOutcomeHandlerWorkOnThem() {
        try (ConfigurableApplicationContext receiver = receiver();
                ConfigurableApplicationContext caller =
                        OrdersClientApplication.start(OrdersApplication.port(receiver), VIRTUAL)) {
            OrdersClient client = caller.getBean(OrdersClient.class);
            TransactionTemplate transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));

            List<Durable<Receipt>> orders = IntStream.range(0, ORDERS)
                    .mapToObj(i -> Objects.requireNonNull(
                            transaction.execute(status -> client.order(new Order("virtual " + i)))))
                    .toList();
            transaction.executeWithoutResult(status -> client.orderQuietly(new Order("quiet virtual")));

            assertThat(orders).allSatisfy(order -> assertThat(settled(order)).isInstanceOf(Outcome.Executed.class));
            OrdersClientApplication application = caller.getBean(OrdersClientApplication.class);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> application.handled().size() == 1);
            OrderService service = receiver.getBean(OrderService.class);
            assertThat(IntStream.range(0, ORDERS)).allMatch(i -> service.count("virtual " + i) == 1);
            assertThat(receiver.getBean(Receiver.class).threads)
                    .as("kinds of threads at the gate on Java " + Runtime.version())
                    .allMatch(kind ->
                            kind.equals("VirtualThread") == (Runtime.version().feature() >= 21))
                    .isNotEmpty();
        }
    }

    private static ConfigurableApplicationContext receiver() {
        ConfigurableApplicationContext receiver = new SpringApplicationBuilder(Receiver.class)
                .run(
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--" + VIRTUAL);
        receiver.getBean(OrderService.class).createTables();
        return receiver;
    }

    private static Outcome settled(Durable<?> order) {
        return await().atMost(Duration.ofSeconds(60))
                .until(order::outcome, Optional::isPresent)
                .orElseThrow();
    }
}
