package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStoreException;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Relay;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class DurableCallsTest {

    private static ConfigurableApplicationContext receiver;
    private static ConfigurableApplicationContext caller;
    private static OrderService orders;
    private static DurableCalls calls;
    private static Outbox outbox;
    private static TransactionTemplate transaction;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class CallerApplication {}

    @BeforeAll
    static void start() {
        receiver = OrdersApplication.start();
        orders = receiver.getBean(OrderService.class);
        caller = new SpringApplicationBuilder(CallerApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.main.banner-mode=off",
                        "--nodoubt.targets.orders.base-url=http://localhost:" + OrdersApplication.port(receiver),
                        // generous, because the build's machine may be busy
                        "--nodoubt.targets.orders.response-timeout=10s",
                        "--nodoubt.targets.orders.socket-timeout=10s",
                        "--nodoubt.targets.orders.connect-timeout=3s");
        calls = caller.getBean(DurableCalls.class);
        outbox = caller.getBean(Outbox.class);
        transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        caller.close();
        receiver.close();
    }

    @Test
    void aCallOfACommittedTransactionIsDeliveredAndExecutedOnce() {
        IdempotencyKey key = commit(order("pen"));

        assertThat(settled(key)).isEqualTo(CallState.EXECUTED);
        assertThat(orders.count("pen")).isOne();
    }

    @Test
    void aDeclaredRefusalIsTheCallsOutcome() {
        IdempotencyKey key = commit(order("scarce"));

        assertThat(settled(key)).isEqualTo(CallState.REJECTED);
        assertThat(orders.count("scarce")).isZero();
    }

    @Test
    void aCallOfARolledBackTransactionWasNeverMade() {
        Call call = order("undone");

        transaction.executeWithoutResult(status -> {
            calls.send(call);
            status.setRollbackOnly();
        });

        // a later call is delivered after anything that was wrongly handed over before it
        settled(commit(order("after undone")));
        assertThat(outbox.find(call.key())).isEmpty();
        assertThat(orders.count("undone")).isZero();
    }

    @Test
    void aCallInARolledBackNestedTransactionWasNeverMadeThoughTheOuterOneCommits() {
        Call undone = order("nested undone");
        Call kept = order("nested kept");
        TransactionTemplate nested =
                new TransactionTemplate(caller.getBean(PlatformTransactionManager.class), nestedDefinition());

        transaction.executeWithoutResult(outer -> {
            calls.send(kept);
            nested.executeWithoutResult(inner -> {
                calls.send(undone);
                inner.setRollbackOnly();
            });
        });

        assertThat(settled(kept.key())).isEqualTo(CallState.EXECUTED);
        settled(commit(order("after nested")));
        assertThat(outbox.find(undone.key())).isEmpty();
        assertThat(orders.count("nested undone")).isZero();
    }

    @Test
    void aTransactionInWhichAFaultWasSwallowedIsRefusedBeforeItsCommitAndItsCallIsNotSent() {
        Call call = order("swallowed");
        JdbcClient jdbc = caller.getBean(JdbcClient.class);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    calls.send(call);
                    assertThatThrownBy(() -> jdbc.sql("SELECT 1 / 0").query().singleValue())
                            .isInstanceOf(DataAccessException.class);
                }))
                .isInstanceOf(CallStoreException.class)
                .hasMessageStartingWith("the transaction cannot commit: a statement in it failed");

        settled(commit(order("after swallowed")));
        assertThat(outbox.find(call.key())).isEmpty();
        assertThat(orders.count("swallowed")).isZero();
    }

    @Test
    void aCallWhoseTransactionWasRolledBackByHandIsNotSent() {
        Call call = order("by hand");
        JdbcTemplate jdbc = new JdbcTemplate(caller.getBean(DataSource.class));

        transaction.executeWithoutResult(status -> {
            calls.send(call);
            jdbc.execute((ConnectionCallback<Boolean>) connection -> {
                connection.rollback();
                return true;
            });
        });

        settled(commit(order("after by hand")));
        assertThat(outbox.find(call.key())).isEmpty();
        assertThat(orders.count("by hand")).isZero();
    }

    @Test
    void aCallOutsideATransactionIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> calls.send(order("outside")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "to orders (POST /orders) was not recorded: this thread is in no Spring transaction")
                .hasMessageContaining("@Transactional");
    }

    @Test
    void aCallInATransactionOfAnotherDataSourceIsRefused() {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(Databases.create());
        TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(other));

        assertThatThrownBy(() -> foreign.executeWithoutResult(status -> calls.send(order("foreign"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not manage the outbox' data source");
    }

    @Test
    void aCallOfAConnectionThatNobodyCommitsIsNotHandedOver() {
        // the outbox' connection, bound by a query inside a foreign transaction: not in a transaction of its own
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(Databases.create());
        TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(other));
        JdbcClient jdbc = caller.getBean(JdbcClient.class);

        assertThatThrownBy(() -> foreign.executeWithoutResult(status -> {
                    jdbc.sql("SELECT 1").query().singleValue();
                    calls.send(order("unmanaged"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("autocommit");
    }

    @Test
    void anUnknownTargetIsRefused() {
        Call call = Call.post("nobody", "/orders", Payload.json("{}"));

        assertThatThrownBy(() -> commit(call))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target nobody is not configured");
    }

    @Test
    void theRelayRunsUnderTheContext() {
        RelayLifecycle lifecycle = caller.getBean(RelayLifecycle.class);

        assertThat(lifecycle.isRunning()).isTrue();
        assertThat(caller.getBean(Relay.class).targets())
                .singleElement()
                .satisfies(target -> assertThat(target.name()).isEqualTo("orders"));
    }

    private static Call order(String item) {
        return Call.post("orders", "/orders", Payload.json("{\"item\":\"" + item + "\"}"));
    }

    private static IdempotencyKey commit(Call call) {
        transaction.executeWithoutResult(status -> calls.send(call));
        return call.key();
    }

    private static CallState settled(IdempotencyKey key) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> outbox.find(key).map(RecordedCall::state), DurableCallsTest::isFinal)
                .orElseThrow();
    }

    private static boolean isFinal(Optional<CallState> state) {
        return state.filter(CallState::isFinal).isPresent();
    }

    private static TransactionDefinition nestedDefinition() {
        return new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED);
    }
}
