package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Awaited;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.RecordedCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Outcome handlers are beans, and what they do with Spring's means commits with the settlement. */
class OutcomeHandlerTest {

    private static final AtomicInteger FAILURES = new AtomicInteger();
    private static ConfigurableApplicationContext receiver;
    private static ConfigurableApplicationContext caller;
    private static DurableCalls calls;
    private static Outbox outbox;
    private static JdbcClient jdbc;
    private static TransactionTemplate transaction;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class HandlingApplication {

        @Bean
        OutcomeHandler booked(JdbcClient jdbc, DurableCalls calls) {
            return (connection, call) -> {
                jdbc.sql("INSERT INTO booked (call_key) VALUES (?)")
                        .param(call.key().value())
                        .update();
                calls.send(Call.post("orders", "/orders", Payload.json("{\"item\":\"follow-up\"}"))
                        .withReference(call.key().value()));
                if (FAILURES.getAndDecrement() > 0) {
                    throw new IllegalStateException("the handler's own fault");
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        receiver = OrdersApplication.start();
        caller = new SpringApplicationBuilder(HandlingApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.main.banner-mode=off",
                        "--nodoubt.targets.orders.base-url=http://localhost:" + OrdersApplication.port(receiver),
                        "--nodoubt.targets.orders.backoff.first=100ms",
                        // generous, because the build's machine may be busy
                        "--nodoubt.targets.orders.response-timeout=10s",
                        "--nodoubt.targets.orders.socket-timeout=10s",
                        "--nodoubt.targets.orders.connect-timeout=3s");
        calls = caller.getBean(DurableCalls.class);
        outbox = caller.getBean(Outbox.class);
        jdbc = caller.getBean(JdbcClient.class);
        jdbc.sql("CREATE TABLE booked (call_key text NOT NULL)").update();
        transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        caller.close();
        receiver.close();
    }

    @Test
    void aHandlerAndItsFollowUpCallCommitWithTheSettlement() {
        FAILURES.set(0);
        IdempotencyKey key = send(order("ink").withHandler("booked"));

        awaitSettled(key);

        assertThat(booked(key)).isOne();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(outbox.search(dev.nodoubt.call.CallQuery.NEWEST.withReference(key.value())))
                                .singleElement()
                                .extracting(RecordedCall::state)
                                .isEqualTo(CallState.EXECUTED));
    }

    @Test
    void aHandlerThatThrowsLeavesNothingAndRunsAgainWithoutAnotherAttempt() {
        FAILURES.set(2);
        IdempotencyKey key = send(order("paper").withHandler("booked"));

        awaitSettled(key);

        assertThat(booked(key)).isOne();
        assertThat(outbox.find(key).orElseThrow().attempts()).isOne();
        assertThat(receiver.getBean(OrderService.class).count("paper")).isOne();
    }

    @Test
    void aHandlerThatIsNotConfiguredIsRefusedAtOnce() {
        Call call = order("glue").withHandler("nobody");

        assertThatThrownBy(() -> send(call))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outcome handler nobody is not configured, known are [booked]; configure it first");
    }

    @Test
    void theSynchronousFormReturnsTheOutcome() throws InterruptedException {
        Awaited known = calls.execute(order("tape"), Duration.ofSeconds(30));

        assertThat(known).isInstanceOf(Awaited.Known.class);
        assertThat(((Awaited.Known) known).outcome()).isInstanceOf(Outcome.Executed.class);
    }

    @Test
    void theSynchronousFormIsRefusedInsideATransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    try {
                        calls.execute(order("staples"), Duration.ofSeconds(1));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside any transaction");
    }

    private static Call order(String item) {
        return Call.post("orders", "/orders", Payload.json("{\"item\":\"" + item + "\"}"));
    }

    private static IdempotencyKey send(Call call) {
        return Optional.ofNullable(transaction.execute(status -> calls.send(call)))
                .orElseThrow();
    }

    private static int booked(IdempotencyKey key) {
        return jdbc.sql("SELECT count(*) FROM booked WHERE call_key = ?")
                .param(key.value())
                .query(Integer.class)
                .single();
    }

    private static void awaitSettled(IdempotencyKey key) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> outbox.find(key)
                        .map(RecordedCall::state)
                        .filter(CallState::isFinal)
                        .isPresent());
    }
}
