package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.nodoubt.Payload;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.OutcomeHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** One trace from the transaction that records a call to the handler that executes it, whoever delivers it. */
class DeliveredTraceTest {

    private static final String SAMPLED = "--management.tracing.sampling.probability=1.0";
    private static final Duration LONG = Duration.ofSeconds(30);

    private final String database = Databases.create();
    private ConfigurableApplicationContext mail;

    /** What the handler of a mail saw. */
    record Seen(String text, String traceId, String traceparent) {}

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class MailApplication {

        final List<Seen> seen = new CopyOnWriteArrayList<>();
        private final Tracer tracer;

        MailApplication(Tracer tracer) {
            this.tracer = tracer;
        }

        @Idempotent
        @PostMapping("/mails")
        Map<String, String> send(@RequestBody Map<String, String> mail, @RequestHeader String traceparent) {
            String traceId =
                    Objects.requireNonNull(tracer.currentSpan()).context().traceId();
            seen.add(new Seen(String.valueOf(mail.get("text")), traceId, traceparent));
            return mail;
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class TransferApplication {

        final Set<String> shown = ConcurrentHashMap.newKeySet();

        /** Keeps all that observations tell. */
        @Bean
        ObservationHandler<Observation.Context> showing() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(Observation.Context context) {
                    shown.add(context.toString()); // with names and all values
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            };
        }

        @Bean
        OutcomeHandler followed(DurableCalls calls) {
            return (connection, call) -> calls.send(mail("follow-up"));
        }
    }

    private static Call mail(String text) {
        return Call.post("mail", "/mails", Payload.json("{\"text\":\"" + text + "\"}"));
    }

    @BeforeEach
    void startMail() {
        mail = new SpringApplicationBuilder(MailApplication.class)
                .run(
                        "--spring.datasource.url=" + Databases.create(),
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        SAMPLED);
    }

    @AfterEach
    void stopMail() {
        mail.close();
    }

    private ConfigurableApplicationContext transfers(int mailPort) {
        return new SpringApplicationBuilder(TransferApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.datasource.url=" + database,
                        "--spring.main.banner-mode=off",
                        "--nodoubt.relay.scan=200ms",
                        "--nodoubt.relay.lease=10s",
                        "--nodoubt.targets.mail.backoff.first=100ms",
                        "--nodoubt.targets.mail.base-url=http://127.0.0.1:" + mailPort,
                        SAMPLED);
    }

    /** Sends a mail in a transaction and in a trace, whose ID this is. */
    private static String transfer(ConfigurableApplicationContext application, Call call) {
        ObservationRegistry registry = application.getBean(ObservationRegistry.class);
        Tracer tracer = application.getBean(Tracer.class);
        TransactionTemplate transaction =
                new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
        AtomicReference<String> traceId = new AtomicReference<>("");
        Observation.createNotStarted("transfer", registry)
                .observe(() -> transaction.executeWithoutResult(status -> {
                    traceId.set(Objects.requireNonNull(tracer.currentSpan())
                            .context()
                            .traceId());
                    application.getBean(DurableCalls.class).send(call);
                }));
        return Objects.requireNonNull(traceId.get());
    }

    private List<Seen> awaitMails(int count) {
        List<Seen> seen = mail.getBean(MailApplication.class).seen;
        await().atMost(LONG).until(() -> seen.size() == count);
        return seen;
    }

    @Test
    void theHandlerOfTheReceiverIsInTheTraceOfTheTransfer() {
        try (ConfigurableApplicationContext transfers = transfers(OrdersApplication.port(mail))) {
            String traceId = transfer(transfers, mail("first"));

            assertThat(awaitMails(1)).extracting(Seen::traceId).containsExactly(traceId);
        }
    }

    @Test
    void noObservationTellsAKeyWhichIsASecret() {
        try (ConfigurableApplicationContext transfers = transfers(OrdersApplication.port(mail))) {
            Call call = mail("first");
            transfer(transfers, call);
            Set<String> shown = transfers.getBean(TransferApplication.class).shown;
            await().atMost(LONG).until(() -> shown.stream().anyMatch(text -> text.contains("settle call to mail")));

            assertThat(shown)
                    .anyMatch(text -> text.contains("execute at mail")
                            && text.contains(call.key().digest()))
                    .noneMatch(text -> text.contains(call.key().value()));
        }
    }

    @Test
    void aCallThatAnOutcomeHandlerRecordsIsInTheSameTrace() {
        try (ConfigurableApplicationContext transfers = transfers(OrdersApplication.port(mail))) {
            String traceId = transfer(transfers, mail("first").withHandler("followed"));

            assertThat(awaitMails(2))
                    .extracting(Seen::text, Seen::traceId)
                    .containsExactly(tuple("first", traceId), tuple("follow-up", traceId));
        }
    }

    @Test
    void aCallOfANodeThatDiedContinuesItsTraceAtTheNextNode() {
        String traceId;
        String recorded;
        try (ConfigurableApplicationContext dying = transfers(1)) { // nobody listens there
            traceId = transfer(dying, mail("late"));
            recorded = dying.getBean(JdbcClient.class)
                    .sql("SELECT trace FROM nodoubt_call")
                    .query(String.class)
                    .single();
            MonitoredApplications.closePool(dying); // so it can hand nothing back
        }

        try (ConfigurableApplicationContext next = transfers(OrdersApplication.port(mail))) {
            Seen seen = awaitMails(1).get(0);

            assertThat(next.isRunning()).isTrue();
            assertThat(recorded).startsWith("00-" + traceId);
            assertThat(seen.traceId()).isEqualTo(traceId);
            assertThat(seen.traceparent())
                    .as("each attempt is a span of its own")
                    .isNotEqualTo(recorded);
        }
    }
}
