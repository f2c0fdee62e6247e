package dev.nodoubt.spring.observe;

import dev.nodoubt.call.CallObserver;
import dev.nodoubt.call.Relay;
import dev.nodoubt.gate.Gate;
import dev.nodoubt.gate.GateObserver;
import dev.nodoubt.spring.NodoubtCallerAutoConfiguration;
import dev.nodoubt.spring.NodoubtGateAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Observations of calls and of the gate, and with a tracer one trace from a call's recording to its receiver. */
@AutoConfiguration(
        after = {
            NodoubtCallerAutoConfiguration.class,
            NodoubtGateAutoConfiguration.class,
            NodoubtMetricsAutoConfiguration.class
        },
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class NodoubtObservationAutoConfiguration {

    @Bean
    @ConditionalOnBean(Relay.class)
    @ConditionalOnMissingBean
    CallObserver nodoubtCallObserver(ObservationRegistry registry, ObjectProvider<CallEnds> ends) {
        return new ObservedCalls(registry, ends.getIfAvailable(() -> CallEnds.UNHEARD));
    }

    @Bean
    @ConditionalOnBean(Gate.class)
    @ConditionalOnMissingBean(GateObserver.class)
    ObservedGate nodoubtGateObserver(ObservationRegistry registry) {
        return new ObservedGate(registry);
    }

    /** Spans of calls. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Tracer.class, Propagator.class})
    @ConditionalOnBean({Tracer.class, Propagator.class, Relay.class})
    static class Tracing {

        private static final int BEFORE_THE_ONE_FOR_ALL = 0;

        @Bean
        @Order(BEFORE_THE_ONE_FOR_ALL)
        CallTracing nodoubtCallTracing(Tracer tracer, Propagator propagator) {
            return new CallTracing(tracer, propagator);
        }
    }
}
