package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.jdbc.Schema;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SeveralDataSourcesTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class,
                    NodoubtReceiverAutoConfiguration.class))
            .withPropertyValues("nodoubt.schema.mode=always", "nodoubt.targets.mail.base-url=http://127.0.0.1:1");

    @ParameterizedTest
    @ValueSource(
            classes = {Qualified.class, QualifiedBesideAPrimary.class, Hidden.class, QualifiedDataSourceAlone.class})
    void theQualifiedDataSourceAndItsManagerAreUsed(Class<?> configuration) {
        runner.withUserConfiguration(configuration).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Gate.class);
            new Schema(context.getBean("orders", DataSource.class)).validate();
            assertThatThrownBy(() -> new Schema(context.getBean("reports", DataSource.class)).validate())
                    .hasMessageContaining("missing");

            assertThat(context.getBean(Outbox.class).find(sent(context, "ordersManager")))
                    .isPresent();
            assertThatThrownBy(() -> sent(context, "reportsManager"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("does not manage the outbox' data source");
        });
    }

    @Test
    void withoutAWordWhichThereIsNeitherCallerNorGate() {
        runner.withUserConfiguration(Unqualified.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Outbox.class)
                        .doesNotHaveBean(Gate.class));
    }

    @Test
    void aManagerOfTheOtherDataSourceStopsTheStart() {
        runner.withUserConfiguration(Crossed.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(StartupException.class)
                        .hasMessageContaining("manages another DataSource")
                        .hasMessageContaining("@NodoubtDataSource"));
    }

    private static IdempotencyKey sent(ApplicationContext context, String manager) {
        TransactionTemplate transaction =
                new TransactionTemplate(context.getBean(manager, PlatformTransactionManager.class));
        Call call = Call.post("mail", "/mails", Payload.json("{}"));
        IdempotencyKey key = transaction.execute(
                status -> context.getBean(DurableCalls.class).send(call));
        return Objects.requireNonNull(key);
    }

    private static DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Databases.create());
        JdbcClient.create(source).sql("SELECT 1").query().singleValue();
        return source;
    }

    @Configuration(proxyBeanMethods = false)
    static class Qualified {

        @Bean
        @NodoubtDataSource
        DataSource orders() {
            return database();
        }

        @Bean
        DataSource reports() {
            return database();
        }

        @Bean
        @NodoubtDataSource
        PlatformTransactionManager ordersManager(@NodoubtDataSource DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        PlatformTransactionManager reportsManager(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class QualifiedBesideAPrimary {

        @Bean
        @NodoubtDataSource
        DataSource orders() {
            return database();
        }

        @Bean
        @Primary
        DataSource reports() {
            return database();
        }

        @Bean
        @NodoubtDataSource
        PlatformTransactionManager ordersManager(@NodoubtDataSource DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        @Primary
        PlatformTransactionManager reportsManager(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }
    }

    /** As Spring Boot advises for a second data source. */
    @Configuration(proxyBeanMethods = false)
    static class Hidden {

        @NodoubtDataSource
        @Bean(defaultCandidate = false)
        DataSource orders() {
            return database();
        }

        @Bean
        DataSource reports() {
            return database();
        }

        @NodoubtDataSource
        @Bean(defaultCandidate = false)
        PlatformTransactionManager ordersManager(@NodoubtDataSource DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        PlatformTransactionManager reportsManager(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class QualifiedDataSourceAlone {

        @Bean
        @NodoubtDataSource
        DataSource orders() {
            return database();
        }

        @Bean
        DataSource reports() {
            return database();
        }

        @Bean
        PlatformTransactionManager ordersManager(@NodoubtDataSource DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        @Primary
        PlatformTransactionManager reportsManager(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Unqualified {

        @Bean
        DataSource orders() {
            return database();
        }

        @Bean
        DataSource reports() {
            return database();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Crossed {

        @Bean
        @NodoubtDataSource
        DataSource orders() {
            return database();
        }

        @Bean
        DataSource reports() {
            return database();
        }

        @Bean
        PlatformTransactionManager reportsManager(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }
    }
}
