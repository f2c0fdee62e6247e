package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.spring.samples.orders.JdbcClientOrders;
import dev.nodoubt.spring.samples.orders.JooqOrders;
import dev.nodoubt.spring.samples.orders.JpaOrders;
import dev.nodoubt.spring.samples.orders.MyBatisOrders;
import dev.nodoubt.spring.samples.orders.Orders;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A call belongs to the transaction of the change, however the change is written. */
class JoinedTransactionsTest {

    private static final String ALL = "--spring.autoconfigure.exclude=";
    private static final String WITHOUT_JPA =
            ALL + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration";

    @ParameterizedTest
    @ValueSource(
            classes = {
                JdbcClientOrders.Application.class,
                JooqOrders.Application.class,
                MyBatisOrders.Application.class,
                JpaOrders.Application.class
            })
    void aCommitKeepsChangeAndCallAndARollbackNeither(Class<?> application) {
        try (ConfigurableApplicationContext context = start(application)) {
            TransactionTemplate transaction = transaction(context);
            AtomicReference<IdempotencyKey> undone = new AtomicReference<>();

            IdempotencyKey kept = context.getBean(Orders.class).pay(1);
            transaction.executeWithoutResult(status -> {
                undone.set(context.getBean(Orders.class).pay(2));
                status.setRollbackOnly();
            });

            Outbox outbox = context.getBean(Outbox.class);
            assertThat(outbox.find(kept)).isPresent();
            assertThat(outbox.find(Objects.requireNonNull(undone.get()))).isEmpty();
            assertThat(isPaid(context, 1)).isTrue();
            assertThat(isPaid(context, 2)).isFalse();
        }
    }

    @Test
    void aChangeThatJpaHasNotFlushedYetCommitsWithTheCall() {
        try (ConfigurableApplicationContext context = start(JpaOrders.Application.class)) {
            AtomicReference<IdempotencyKey> call = new AtomicReference<>();

            transaction(context).executeWithoutResult(status -> {
                call.set(context.getBean(Orders.class).pay(1));
                assertThat(isPaid(context, 1)).as("the change is flushed").isFalse();
            });

            assertThat(isPaid(context, 1)).isTrue();
            assertThat(context.getBean(Outbox.class).find(Objects.requireNonNull(call.get())))
                    .isPresent();
        }
    }

    @Test
    void aChangeThatTheFlushOfTheCommitRefusesTakesTheCallWithIt() {
        try (ConfigurableApplicationContext context = start(JpaOrders.Application.class)) {
            jdbc(context).sql("ALTER TABLE orders ADD CHECK (NOT paid)").update();
            AtomicReference<IdempotencyKey> call = new AtomicReference<>();

            assertThatThrownBy(() -> transaction(context)
                            .executeWithoutResult(status ->
                                    call.set(context.getBean(Orders.class).pay(1))))
                    .isInstanceOf(DataIntegrityViolationException.class);

            assertThat(context.getBean(Outbox.class).find(Objects.requireNonNull(call.get())))
                    .isEmpty();
        }
    }

    private static ConfigurableApplicationContext start(Class<?> application) {
        String database = Databases.create();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database);
        JdbcClient.create(source)
                .sql("CREATE TABLE orders (id int PRIMARY KEY, paid boolean NOT NULL)")
                .update();
        JdbcClient.create(source)
                .sql("INSERT INTO orders VALUES (1, false), (2, false)")
                .update();
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run(
                        application == JpaOrders.Application.class ? ALL : WITHOUT_JPA,
                        "--spring.datasource.url=" + database,
                        "--spring.main.banner-mode=off",
                        // nobody listens there: a call stays open
                        "--nodoubt.targets.mail.base-url=http://127.0.0.1:1");
    }

    private static TransactionTemplate transaction(ConfigurableApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    /** As the database has it, past every session of JPA; inside a transaction what it has sent there. */
    private static boolean isPaid(ConfigurableApplicationContext context, int id) {
        return jdbc(context)
                .sql("SELECT paid FROM orders WHERE id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private static JdbcClient jdbc(ConfigurableApplicationContext context) {
        return context.getBean(JdbcClient.class);
    }
}
