package dev.nodoubt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nodoubt.call.CallObserver;
import dev.nodoubt.call.Relay;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateObserver;
import dev.nodoubt.spring.observe.NodoubtActuatorAutoConfiguration;
import dev.nodoubt.spring.observe.NodoubtMetricsAutoConfiguration;
import dev.nodoubt.spring.observe.NodoubtObservationAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/** What is watched where an application has less than all of it. */
class ObservingConditionsTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    NodoubtSchemaAutoConfiguration.class,
                    NodoubtGateAutoConfiguration.class,
                    NodoubtCallerAutoConfiguration.class,
                    NodoubtMetricsAutoConfiguration.class,
                    NodoubtObservationAutoConfiguration.class,
                    NodoubtActuatorAutoConfiguration.class))
            .withPropertyValues(
                    "spring.datasource.url=" + Databases.create(),
                    "nodoubt.schema.mode=always",
                    "nodoubt.targets.mail.base-url=http://localhost:1");

    @Test
    void withoutMicrometerAndActuatorCallerAndGateStand() {
        runner.withClassLoader(new FilteredClassLoader(
                        "io.micrometer", "org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasSingleBean(Relay.class)
                        .hasSingleBean(Gate.class)
                        .doesNotHaveBean(CallObserver.class)
                        .doesNotHaveBean(GateObserver.class)
                        .doesNotHaveBean("nodoubtHealthIndicator"));
    }

    @Test
    void withoutRegistriesNothingIsWatched() {
        runner.run(context -> assertThat(context)
                .hasSingleBean(HealthIndicator.class)
                .doesNotHaveBean(CallObserver.class)
                .doesNotHaveBean(MeterBinder.class));
    }

    @Test
    void withoutMetricsThereAreObservations() {
        runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withClassLoader(new FilteredClassLoader("io.micrometer.core", "io.micrometer.tracing"))
                .run(context -> assertThat(context)
                        .hasSingleBean(CallObserver.class)
                        .hasSingleBean(GateObserver.class)
                        .doesNotHaveBean("nodoubtCallTracing"));
    }

    @Test
    void withoutObservationsThereAreGauges() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context.getBeansOfType(MeterBinder.class))
                        .containsOnlyKeys("nodoubtRelayGauges", "nodoubtGateMeters"));
    }

    @Test
    void theApplicationsOwnObserversReplaceTheStarters() {
        CallObserver calls = new CallObserver() {};
        GateObserver gate = new GateObserver() {};

        runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(CallObserver.class, () -> calls)
                .withBean(GateObserver.class, () -> gate)
                .run(context -> {
                    assertThat(context.getBean(CallObserver.class)).isSameAs(calls);
                    assertThat(context.getBean(GateObserver.class)).isSameAs(gate);
                    assertThat(context.getBean(Relay.Hooks.class).observer()).isSameAs(calls);
                });
    }

    @Test
    void theHealthIndicatorCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.nodoubt.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }
}
