package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.test.FaultProxy;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A caller and a receiver with metrics and an actuator, and a network between them that loses what it is told to. */
final class MonitoredApplications implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    final ConfigurableApplicationContext receiver;
    final ConfigurableApplicationContext caller;
    final FaultProxy network;
    private final DurableCalls calls;
    private final Outbox outbox;
    private final TransactionTemplate transaction;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class CallerApplication {

        @Bean
        OutcomeHandler booked() {
            return (connection, call) -> {};
        }
    }

    MonitoredApplications() {
        receiver = OrdersApplication.start("management.endpoints.web.exposure.include=prometheus,health");
        network = new FaultProxy(OrdersApplication.port(receiver));
        caller = new SpringApplicationBuilder(CallerApplication.class)
                .run(
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.application.name=transfers",
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--management.endpoints.web.exposure.include=nodoubt,prometheus,health",
                        "--management.endpoint.health.show-details=always",
                        "--nodoubt.relay.scan=200ms",
                        "--nodoubt.targets.orders.base-url=http://127.0.0.1:" + network.port(),
                        "--nodoubt.targets.orders.response-timeout=1s",
                        "--nodoubt.targets.orders.backoff.first=100ms",
                        "--nodoubt.targets.legacy.base-url=http://127.0.0.1:" + network.port(),
                        "--nodoubt.targets.legacy.response-timeout=1s",
                        "--nodoubt.targets.legacy.backoff.first=100ms",
                        "--nodoubt.targets.legacy.capability=none");
        calls = caller.getBean(DurableCalls.class);
        outbox = caller.getBean(Outbox.class);
        transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));
    }

    int callerPort() {
        return OrdersApplication.port(caller);
    }

    int receiverPort() {
        return OrdersApplication.port(receiver);
    }

    /** As a database that is gone: no connection is given any more. */
    static void closePool(ConfigurableApplicationContext application) {
        try {
            ((AutoCloseable) application.getBean(DataSource.class)).close();
        } catch (Exception e) {
            throw new IllegalStateException("the pool could not be closed", e);
        }
    }

    static Call order(String target, String item) {
        return Call.post(target, "/orders", Payload.json("{\"item\":\"" + item + "\"}"));
    }

    /** Records it and commits. */
    IdempotencyKey commit(Call call) {
        transaction.executeWithoutResult(status -> calls.send(call));
        return call.key();
    }

    RecordedCall await(IdempotencyKey key, CallState state) {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> outbox.find(key).map(RecordedCall::state).orElseThrow() == state);
        return outbox.find(key).orElseThrow();
    }

    @Override
    public void close() {
        caller.close();
        network.close();
        receiver.close();
    }
}
