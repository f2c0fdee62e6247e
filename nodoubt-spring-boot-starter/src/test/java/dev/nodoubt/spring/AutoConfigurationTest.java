package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallState;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Transport;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.http.Credentials;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.wire.GateEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class AutoConfigurationTest {

    private static final String DATABASE = "spring.datasource.url=" + Databases.create();
    private static final String TARGET = "nodoubt.targets.mail.base-url=http://localhost:1";

    private static final AutoConfigurations CALLER = AutoConfigurations.of(
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            NodoubtSchemaAutoConfiguration.class,
            NodoubtGateAutoConfiguration.class,
            NodoubtCallerAutoConfiguration.class,
            NodoubtReceiverAutoConfiguration.class);

    private final ApplicationContextRunner caller = new ApplicationContextRunner()
            .withConfiguration(CALLER)
            .withPropertyValues(DATABASE, "nodoubt.schema.mode=always");

    private final WebApplicationContextRunner receiver = new WebApplicationContextRunner()
            .withConfiguration(CALLER)
            .withConfiguration(
                    AutoConfigurations.of(DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class))
            .withPropertyValues(DATABASE, "nodoubt.schema.mode=always");

    @Test
    void aTargetMakesACaller() {
        caller.withPropertyValues(TARGET).run(context -> {
            assertThat(context)
                    .hasSingleBean(Outbox.class)
                    .hasSingleBean(DurableCalls.class)
                    .doesNotHaveBean(Gate.class);
            assertThat(context.getBean(Transport.class).targets()).containsExactly("mail");
            assertThat(context.getBean(RelayLifecycle.class).isRunning()).isTrue();
        });
    }

    @Test
    void withoutTargetsOrWithTheRelayDisabledThereIsNoCaller() {
        caller.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class));
        caller.withPropertyValues(TARGET, "nodoubt.relay.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class));
    }

    @Test
    void aCallerNeedsNeitherMvcNorServlets() {
        caller.withPropertyValues(TARGET)
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.web", "org.springframework.boot.webmvc", "jakarta.servlet"))
                .run(context -> assertThat(context).hasSingleBean(DurableCalls.class));
    }

    @Test
    void withoutADatabaseNothingStands() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        NodoubtSchemaAutoConfiguration.class, NodoubtCallerAutoConfiguration.class))
                .withPropertyValues(TARGET)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class));
    }

    @Test
    void aServletApplicationIsAReceiver() {
        receiver.run(
                context -> assertThat(context).hasSingleBean(GateEndpoint.class).doesNotHaveBean(Outbox.class));
    }

    @Test
    void theApplicationsOwnTransportReplacesTheStartersOne() {
        caller.withPropertyValues(TARGET)
                .withUserConfiguration(OwnTransport.class)
                .run(context -> assertThat(context.getBean(Transport.class).targets())
                        .containsExactlyInAnyOrder("mail", "own"));
    }

    @Test
    void aCustomizerCompletesATarget() {
        caller.withPropertyValues(TARGET)
                .withBean(
                        HttpTargetCustomizer.class,
                        () -> target -> target.withTimeouts(new HttpTarget.Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(1))))
                .run(context -> assertThat(context.getBean(Transport.class).longest("mail"))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(8)));
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        caller.withPropertyValues(TARGET).run(context -> {
            NodoubtProperties properties = context.getBean(NodoubtProperties.class);
            assertThat(properties.relaySettings("shop"))
                    .isEqualTo(new Relay.Settings(
                            "shop",
                            Duration.ofSeconds(15),
                            Duration.ofSeconds(1),
                            10_000,
                            500,
                            CallStore.Retention.DEFAULT));
            TargetProperties mail = Objects.requireNonNull(properties.targets().get("mail"));
            assertThat(mail.target("mail")).isEqualTo(dev.nodoubt.call.Target.of("mail"));
            assertThat(mail.httpTarget("mail")).isEqualTo(HttpTarget.of("mail", URI.create("http://localhost:1")));
        });
    }

    @Test
    void everyPropertyOfATargetArrives() {
        caller.withPropertyValues(
                        TARGET,
                        "nodoubt.node=shop-1",
                        "nodoubt.relay.retention.settled=7d",
                        "nodoubt.relay.retention.business-keys=8d",
                        "nodoubt.relay.retention.audit=900d",
                        "nodoubt.targets.mail.rate=2.5",
                        "nodoubt.targets.mail.order.stop-on=rejected,never",
                        "nodoubt.targets.mail.credentials.user=shop",
                        "nodoubt.targets.mail.credentials.password=secret",
                        "nodoubt.targets.mail.connect-timeout=2s",
                        "nodoubt.targets.mail.socket-timeout=4s",
                        "nodoubt.targets.mail.response-timeout=5s",
                        "nodoubt.targets.mail.pool-wait=100ms",
                        "nodoubt.targets.mail.permits=7",
                        "nodoubt.targets.mail.max-connections=5",
                        "nodoubt.targets.mail.backoff.first=100ms",
                        "nodoubt.targets.mail.backoff.cap=1s",
                        "nodoubt.targets.mail.backoff.jitter=0.2",
                        "nodoubt.targets.mail.breaker.window=10",
                        "nodoubt.targets.mail.breaker.open=3s",
                        "nodoubt.targets.mail.breaker.probes=2")
                .run(context -> {
                    NodoubtProperties properties = context.getBean(NodoubtProperties.class);
                    TargetProperties mail =
                            Objects.requireNonNull(properties.targets().get("mail"));
                    assertThat(properties.relaySettings("shop").node()).isEqualTo("shop-1");
                    assertThat(properties.relaySettings("shop").retention())
                            .isEqualTo(new CallStore.Retention(
                                    Duration.ofDays(7), Duration.ofDays(8), Duration.ofDays(900)));
                    assertThat(mail.target("mail").bulkhead().rate()).isEqualTo(2.5);
                    assertThat(mail.target("mail").stopOn())
                            .containsExactlyInAnyOrder(CallState.REJECTED, CallState.NEVER);
                    assertThat(mail.httpTarget("mail").credentials().header())
                            .isCompletedWithValue(
                                    Optional.of(new Credentials.Header("Authorization", "Basic c2hvcDpzZWNyZXQ=")));
                    assertThat(mail.toString()).doesNotContain("secret");
                    assertThat(mail.target("mail").bulkhead().permits()).isEqualTo(7);
                    assertThat(mail.target("mail").backoff())
                            .hasToString("Backoff[first=PT0.1S, cap=PT1S, jitter=0.2]");
                    assertThat(mail.target("mail").breaker()).hasToString("Breaker[window=10, open=PT3S, probes=2]");
                    assertThat(mail.httpTarget("mail").maxConnections()).isEqualTo(5);
                    assertThat(mail.httpTarget("mail").timeouts())
                            .hasToString("Timeouts[connect=PT2S, socket=PT4S, response=PT5S, poolWait=PT0.1S]");
                });
    }

    @Test
    void aBadPropertyStopsTheStartAndIsNamed() {
        refuses(
                "nodoubt.targets.mail.response-timeout must be > 0, was PT0S",
                "nodoubt.targets.mail.response-timeout=0s");
        refuses("nodoubt.targets.mail.base-url is missing: set it", "nodoubt.targets.mail.permits=3", "removed");
        refuses("nodoubt.targets.mail.base-url must be http://host", "nodoubt.targets.mail.base-url=ftp://host");
        refuses("nodoubt.targets.mail.permits must be 1 to 10000, was 0", "nodoubt.targets.mail.permits=0");
        refuses(
                "nodoubt.targets.mail.backoff.jitter must be 0 to 0.5, was 2.0",
                "nodoubt.targets.mail.backoff.jitter=2");
        refuses(
                "nodoubt.targets.mail.breaker.probes must be 1 to window (20)",
                "nodoubt.targets.mail.breaker.probes=21");
        refuses("nodoubt.relay.scan must be > 0, was PT-1S", "nodoubt.relay.scan=-1s");
        refuses("nodoubt.relay.lease must be more than three times", "nodoubt.relay.lease=3s");
        refuses("nodoubt.targets.mail.respnse-timeout", "nodoubt.targets.mail.respnse-timeout=1s");
    }

    @Test
    void aPasswordInATargetsAddressIsRefusedAndNotRepeated() {
        caller.withPropertyValues("nodoubt.targets.mail.base-url=http://user:secret@host")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("without user info")
                        .hasMessageNotContaining("secret"));
    }

    private void refuses(String message, String... properties) {
        boolean withoutAddress = List.of(properties).contains("removed");
        caller.withPropertyValues(withoutAddress ? "unused=1" : TARGET)
                .withPropertyValues(properties[0])
                .run(context -> assertThat(context.getStartupFailure())
                        .as(properties[0])
                        .isNotNull()
                        .rootCause()
                        .hasMessageContaining(message));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTransport {

        @Bean
        Transport own() {
            URI nowhere = URI.create("http://localhost:1");
            return new HttpTransport(List.of(HttpTarget.of("mail", nowhere), HttpTarget.of("own", nowhere)));
        }
    }
}
