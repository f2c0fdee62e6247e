package com.example.boot3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.Relay;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The configuration class that docs/migrating.md shows, on Spring Boot 3. */
class SpringBoot3Test {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(NodoubtConfiguration.class)
    static class Caller {}

    @Test
    void a_committed_call_is_delivered_once_and_a_rolled_back_one_never() {
        assertThat(SpringBootVersion.getVersion()).startsWith("3.");
        try (ConfigurableApplicationContext receiver = run(Receiver.class, WebApplicationType.REACTIVE)) {
            JdbcClient received = receiver.getBean(JdbcClient.class);
            received.sql("CREATE TABLE notification (text varchar(200))").update();
            String base = "http://localhost:" + receiver.getEnvironment().getProperty("local.server.port");

            try (ConfigurableApplicationContext caller =
                    run(Caller.class, WebApplicationType.NONE, "--mail.base-url=" + base)) {
                transfer(caller);
            }

            assertThat(received.sql("SELECT text FROM notification").query(String.class).list())
                    .containsExactly("{\"text\":\"committed\"}");
        }
    }

    private static void transfer(ConfigurableApplicationContext caller) {
        @SuppressWarnings("unchecked")
        Consumer<Call> calls = caller.getBean("calls", Consumer.class);
        TransactionTemplate transaction = new TransactionTemplate(caller.getBean(PlatformTransactionManager.class));

        transaction.executeWithoutResult(status -> {
            calls.accept(mail("rolled back"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> calls.accept(mail("committed")));

        Relay relay = caller.getBean(Relay.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> relay.outbox().search(CallQuery.NEWEST).stream()
                        .map(call -> call.state())
                        .toList()
                        .equals(List.of(CallState.EXECUTED)));
        assertThatThrownBy(() -> calls.accept(mail("alone"))).hasMessageContaining("autocommit");
    }

    private static Call mail(String text) {
        return Call.post("mail", "/api/notifications", Payload.json("{\"text\":\"" + text + "\"}"));
    }

    private static ConfigurableApplicationContext run(Class<?> type, WebApplicationType web, String... arguments) {
        return new SpringApplicationBuilder(type)
                .web(web)
                .properties("server.port=0", "spring.datasource.generate-unique-name=true")
                .run(arguments);
    }
}
