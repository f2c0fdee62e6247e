package dev.nodoubt.spring.observe;

import dev.nodoubt.call.Relay;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.jdbc.CallCensus;
import dev.nodoubt.spring.NodoubtCallerAutoConfiguration;
import dev.nodoubt.spring.NodoubtDatabase;
import dev.nodoubt.spring.NodoubtGateAutoConfiguration;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters of calls and of the gate, beside those that observations make. */
@AutoConfiguration(
        after = {NodoubtCallerAutoConfiguration.class, NodoubtGateAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class NodoubtMetricsAutoConfiguration {

    /** Of the caller. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({Relay.class, NodoubtDatabase.class})
    static class CallMeters {

        @Bean
        CallEnds nodoubtCallEnds(MeterRegistry registry) {
            return new CallEndMeters(registry);
        }

        @Bean
        OpenCalls nodoubtOpenCalls(NodoubtDatabase database) {
            return new OpenCalls(new CallCensus(database.dataSource()));
        }

        @Bean
        MeterBinder nodoubtRelayGauges(Relay relay, OpenCalls calls) {
            return new RelayGauges(relay, calls);
        }
    }

    /** Of the receiver. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Gate.class)
    static class GateMeters {

        @Bean
        MeterBinder nodoubtGateMeters(Gate gate, ObjectProvider<ObservedGate> observed) {
            return registry -> {
                Gauge.builder("nodoubt.gate.incarnation", gate, Gate::incarnation)
                        .description("The store's incarnation, which rises when its database was rewound")
                        .register(registry);
                observed.ifAvailable(
                        observer -> FunctionCounter.builder("nodoubt.gate.purged", observer, ObservedGate::purged)
                                .description("Keys that were purged past their retention")
                                .register(registry));
            };
        }
    }
}
