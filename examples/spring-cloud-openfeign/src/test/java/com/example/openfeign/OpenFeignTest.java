package com.example.openfeign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.example.openfeign.Mails.Mail;
import com.example.openfeign.Mails.Receipt;
import dev.nodoubt.spring.Idempotent;
import dev.nodoubt.spring.UnansweredException;
import dev.nodoubt.test.Fault;
import dev.nodoubt.test.FaultProxy;
import feign.Retryer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A client of Spring Cloud OpenFeign, through a network that fails, to a gated receiver. */
class OpenFeignTest {

    private static ConfigurableApplicationContext receiver;
    private static FaultProxy network;
    private static ConfigurableApplicationContext caller;
    private static Mails mails;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Receiver {

        private final JdbcClient jdbc;

        Receiver(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Idempotent
        @PostMapping("/api/notifications")
        Receipt accept(@RequestBody Mail mail) {
            jdbc.sql("INSERT INTO notification (text) VALUES (?)").param(mail.text()).update();
            return new Receipt("for " + mail.to());
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableFeignClients(clients = Mails.class)
    @Import(FeignKeys.class)
    static class Caller {

        /** Twice at most. */
        @Bean
        Retryer retryer() {
            return new Retryer.Default(1, 1, 2);
        }
    }

    @BeforeAll
    static void start() {
        receiver = run(Receiver.class, WebApplicationType.SERVLET, "--server.port=0");
        receiver.getBean(JdbcClient.class).sql("CREATE TABLE notification (text varchar(99))").update();
        network = new FaultProxy(
                receiver.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
        caller = run(
                Caller.class,
                WebApplicationType.NONE,
                "--mail.url=http://127.0.0.1:" + network.port(),
                "--spring.cloud.openfeign.client.config.default.read-timeout=3000");
        mails = caller.getBean(Mails.class);
    }

    @AfterAll
    static void stop() {
        caller.close();
        network.close();
        receiver.close();
    }

    /** Each test's first request makes a connection of its own. */
    @BeforeEach
    void cut() {
        network.cutAll();
        await().atMost(Duration.ofSeconds(10)).until(() -> network.openConnections() == 0);
    }

    @Test
    void a_retry_after_a_lost_answer_has_the_same_key_and_so_no_second_effect() {
        int before = network.connections();
        network.plan(connection -> connection == before + 1 ? Fault.RESET_ON_ANSWER : Fault.PASS);

        Receipt receipt = mails.send(new Mail("bob", "retried"));

        assertThat(receipt).isEqualTo(new Receipt("for bob"));
        assertThat(network.connections()).isEqualTo(before + 2);
        assertThat(received("retried")).isOne();
    }

    @Test
    void what_found_no_connection_was_not_sent() {
        network.refuse();
        Throwable failure = catchThrowable(() -> mails.send(new Mail("bob", "refused")));
        network.reopen();

        assertThat(UnansweredException.in(failure)).get().matches(UnansweredException::isNotSent);
        assertThat(received("refused")).isZero();
    }

    @Test
    void what_got_no_answer_is_in_doubt() {
        network.plan(Fault.LOSE_ANSWER);

        Throwable failure = catchThrowable(() -> mails.send(new Mail("bob", "lost")));

        assertThat(UnansweredException.in(failure)).get().matches(unanswered -> !unanswered.isNotSent());
        assertThat(received("lost")).isOne();
    }

    private static long received(String text) {
        return receiver.getBean(JdbcClient.class)
                .sql("SELECT count(*) FROM notification WHERE text = ?")
                .param(text)
                .query(Long.class)
                .single();
    }

    private static ConfigurableApplicationContext run(Class<?> type, WebApplicationType web, String... arguments) {
        return new SpringApplicationBuilder(type)
                .web(web)
                .properties("spring.datasource.generate-unique-name=true")
                .run(arguments);
    }
}
