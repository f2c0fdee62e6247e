package dev.nodoubt.spring.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.spring.Databases;
import dev.nodoubt.spring.samples.Transfer.Mail;
import dev.nodoubt.test.Fault;
import dev.nodoubt.test.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.registry.ImportHttpServices;

/** What docs/migrating.md shows as the way after really is one: each transfer has one mail. */
class MigratingSamplesTest {

    private static ConfigurableApplicationContext receiver;
    private static ConfigurableApplicationContext caller;
    private static JdbcClient received;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(NotificationController.class)
    static class Receiver {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @ImportHttpServices(group = "mail", types = FeignSample.After.Mails.class)
    @Import({
        Ledger.class,
        RestTemplateSample.After.class,
        RestClientSample.After.class,
        FeignSample.After.class,
        RetryableSample.After.class,
        EventListenerSample.Transfers.class,
        EventListenerSample.After.class,
        OwnOutboxSample.After.class
    })
    static class Caller {}

    @BeforeAll
    static void start() {
        receiver = run(Receiver.class, WebApplicationType.SERVLET, "server.port=0");
        received = receiver.getBean(JdbcClient.class);
        received.sql("CREATE TABLE notification (text text NOT NULL)").update();
        caller = run(
                Caller.class,
                WebApplicationType.NONE,
                "spring.http.serviceclient.mail.base-url=" + base(port()),
                // generous, because the build's machine may be busy
                "spring.http.serviceclient.mail.read-timeout=10s");
        caller.getBean(Ledger.class).createTable();
    }

    @AfterAll
    static void stop() {
        caller.close();
        receiver.close();
    }

    @Test
    void eachWayAfterSendsOneMailForEachTransfer() {
        caller.getBean(RestTemplateSample.After.class).transfer(transfer("template"));
        caller.getBean(RestClientSample.After.class).transfer(transfer("client"));
        caller.getBean(FeignSample.After.class).transfer(transfer("interface"));
        caller.getBean(EventListenerSample.Transfers.class).transfer(transfer("event"));
        caller.getBean(OwnOutboxSample.After.class).transfer(transfer("outbox"));
        RetryableSample.After retryable = caller.getBean(RetryableSample.After.class);
        transaction(caller, () -> retryable.send(new Mail("b", "retryable")));

        assertThat(Stream.of("template", "client", "interface", "event", "outbox", "retryable"))
                .allSatisfy(MigratingSamplesTest::arrivesOnce);
        assertThat(Stream.of("template", "client", "interface", "event", "outbox"))
                .allSatisfy(note ->
                        assertThat(caller.getBean(Ledger.class).count(note)).isOne());
    }

    @Test
    void noWayAfterSendsAnythingForATransferThatRollsBack() {
        Outbox outbox = caller.getBean(Outbox.class);
        int before = outbox.search(CallQuery.NEWEST).size();

        rolledBack(() -> caller.getBean(RestTemplateSample.After.class).transfer(transfer("no template")));
        rolledBack(() -> caller.getBean(RestClientSample.After.class).transfer(transfer("no client")));
        rolledBack(() -> caller.getBean(FeignSample.After.class).transfer(transfer("no interface")));
        rolledBack(() -> caller.getBean(EventListenerSample.Transfers.class).transfer(transfer("no event")));
        rolledBack(() -> caller.getBean(OwnOutboxSample.After.class).transfer(transfer("no outbox")));
        rolledBack(() -> caller.getBean(RetryableSample.After.class).send(new Mail("b", "no retryable")));

        assertThat(outbox.search(CallQuery.NEWEST)).hasSize(before);
    }

    private static void rolledBack(Runnable work) {
        new TransactionTemplate(caller.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }

    @Test
    void whatWaitedInTheOldTableIsMovedOnce() {
        JdbcClient jdbc = caller.getBean(JdbcClient.class);
        jdbc.sql("INSERT INTO own_outbox (body) VALUES ('moved')").update();
        OwnOutboxSample.After outbox = caller.getBean(OwnOutboxSample.After.class);

        outbox.move(jdbc);
        outbox.move(jdbc);

        arrivesOnce("moved");
    }

    @Test
    void aSynchronousClientKnowsWhetherItsMailWasNotSentOrIsInDoubt() {
        try (FaultProxy network = new FaultProxy(port())) {
            JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory();
            factory.setReadTimeout(Duration.ofSeconds(1));
            RestClientSample.Synchronous client = new RestClientSample.Synchronous(
                    RestClient.builder().baseUrl(base(network.port())).requestFactory(factory));
            IdempotencyKey key = IdempotencyKey.create(Instant.now());
            Mail mail = new Mail("b", "synchronous");

            network.refuse();
            assertThat(client.send(mail, key)).isEqualTo("not sent");
            network.reopen();
            network.plan(Fault.LOSE_ANSWER);
            assertThat(client.send(mail, key)).isEqualTo("in doubt");
            network.plan(Fault.PASS);
            assertThat(client.send(mail, key)).isEqualTo("sent");
        }

        arrivesOnce("synchronous");
    }

    private static Transfer transfer(String note) {
        return new Transfer("a", "b", note);
    }

    private static void arrivesOnce(String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> mails(text), List.of(1L)::contains);
    }

    private static long mails(String text) {
        return received.sql("SELECT count(*) FROM notification WHERE text = ?")
                .param(text)
                .query(Long.class)
                .single();
    }

    private static void transaction(ConfigurableApplicationContext context, Runnable work) {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.run());
    }

    private static ConfigurableApplicationContext run(Class<?> type, WebApplicationType web, String... properties) {
        String[] arguments = Stream.concat(
                        Stream.of("spring.main.banner-mode=off", "spring.datasource.url=" + Databases.create()),
                        Stream.of(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        return new SpringApplicationBuilder(type).web(web).run(arguments);
    }

    private static int port() {
        return receiver.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static String base(int port) {
        return "http://127.0.0.1:" + port;
    }
}
