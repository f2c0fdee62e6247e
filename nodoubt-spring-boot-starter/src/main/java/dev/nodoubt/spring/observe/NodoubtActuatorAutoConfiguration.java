package dev.nodoubt.spring.observe;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Relay;
import dev.nodoubt.jdbc.CallCensus;
import dev.nodoubt.spring.NodoubtCallerAutoConfiguration;
import dev.nodoubt.spring.NodoubtDatabase;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The actuator endpoint {@code nodoubt} and the health of this node, of the caller. */
@AutoConfiguration(after = NodoubtCallerAutoConfiguration.class)
@ConditionalOnBean({Relay.class, CallStore.class})
public final class NodoubtActuatorAutoConfiguration {

    /** The endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    @ConditionalOnBean(NodoubtDatabase.class)
    static class Endpoints {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        NodoubtEndpoint nodoubtEndpoint(Relay relay, CallStore store, NodoubtDatabase database) {
            return new NodoubtEndpoint(relay, store, new CallCensus(database.dataSource()));
        }
    }

    /** The health indicator {@code nodoubt}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Healths {

        @Bean
        @ConditionalOnMissingBean(name = "nodoubtHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("nodoubt")
        HealthIndicator nodoubtHealthIndicator(Relay relay, CallStore store) {
            return new RelayHealth(relay, store);
        }
    }
}
