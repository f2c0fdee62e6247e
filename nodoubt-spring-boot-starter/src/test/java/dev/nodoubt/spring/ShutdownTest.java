package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that ends while a request is under way. */
class ShutdownTest {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(LastRequest.class)
    static class Application {}

    /** Records its call when the application has begun to end. */
    @RestController
    static class LastRequest {

        private final CountDownLatch ending = new CountDownLatch(1);
        private final CountDownLatch entered = new CountDownLatch(1);
        private final DurableCalls calls;
        private final RelayLifecycle relay;
        private final TransactionOperations transaction;

        LastRequest(DurableCalls calls, RelayLifecycle relay, TransactionOperations transaction) {
            this.calls = calls;
            this.relay = relay;
            this.transaction = transaction;
        }

        @PostMapping("/last")
        String last() throws InterruptedException {
            entered.countDown();
            ending.await();
            Call call = Call.post("orders", "/orders", Payload.json("{\"item\":\"last\"}"));
            IdempotencyKey key = Objects.requireNonNull(transaction.execute(status -> calls.send(call)));
            return key.value() + " " + relay.isRunning();
        }
    }

    @Test
    void whatTheLastRequestRecordsIsStillDelivered() throws InterruptedException, ExecutionException {
        try (ConfigurableApplicationContext receiver = OrdersApplication.start()) {
            String database = Databases.create();
            ConfigurableApplicationContext caller = start(database, OrdersApplication.port(receiver));
            LastRequest last = caller.getBean(LastRequest.class);
            caller.addApplicationListener(event -> {
                if (event instanceof ContextClosedEvent) {
                    last.ending.countDown();
                }
            });
            CompletableFuture<HttpResponse<String>> request = CompletableFuture.supplyAsync(
                    () -> new Caller(OrdersApplication.port(caller)).send("POST", "/last", "text/plain", ""));
            last.entered.await();

            caller.close();

            assertThat(request.get().statusCode()).isEqualTo(200);
            assertThat(request.get().body()).endsWith(" true");
            String key = request.get().body().replace(" true", "");
            try (ConfigurableApplicationContext next = start(database, OrdersApplication.port(receiver))) {
                // delivered before the end, or handed back in order: never left to a lease that must run out
                assertThat(next.getBean(Outbox.class).find(IdempotencyKey.of(key)))
                        .hasValueSatisfying(
                                call -> assertThat(call.state()).isIn(CallState.EXECUTED, CallState.WAITING));
            }
        }
    }

    @Test
    void theRelayStopsAfterTheLastRequestAndBeforeTheServer() {
        try (ConfigurableApplicationContext context =
                OrdersApplication.start("nodoubt.targets.orders.base-url=http://127.0.0.1:1")) {
            List<String> stopping = context.getBeansOfType(SmartLifecycle.class).values().stream()
                    .sorted(Comparator.comparingInt(SmartLifecycle::getPhase).reversed())
                    .map(lifecycle -> lifecycle.getClass().getSimpleName())
                    .filter(List.of(
                            "WebServerGracefulShutdownLifecycle",
                            "RelayLifecycle",
                            "WebServerStartStopLifecycle",
                            "GateUpkeepLifecycle")::contains)
                    .toList();

            assertThat(stopping)
                    .containsExactly(
                            "WebServerGracefulShutdownLifecycle",
                            "RelayLifecycle",
                            "WebServerStartStopLifecycle",
                            "GateUpkeepLifecycle");
        }
    }

    private static ConfigurableApplicationContext start(String database, int receiver) {
        return new SpringApplicationBuilder(Application.class)
                .run(
                        "--spring.datasource.url=" + database,
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--server.shutdown=graceful",
                        "--nodoubt.targets.orders.base-url=http://localhost:" + receiver,
                        "--nodoubt.targets.orders.response-timeout=10s",
                        "--nodoubt.targets.orders.socket-timeout=10s");
    }
}
