package dev.nodoubt.spring;

import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.call.Transport;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/** The caller: where {@code nodoubt.targets} names at least one called system and the relay is enabled. */
@AutoConfiguration(after = NodoubtSchemaAutoConfiguration.class)
@Conditional(OnTargets.class)
@ConditionalOnProperty(name = "nodoubt.relay.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DataSource.class)
public final class NodoubtCallerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CallStore nodoubtCallStore(DataSource dataSource, NodoubtSchema schema) {
        return new JdbcCallStore(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    Transport nodoubtTransport(NodoubtProperties properties, ObjectProvider<HttpTargetCustomizer> customizers) {
        List<HttpTarget> targets = new ArrayList<>();
        properties.targets().forEach((name, target) -> {
            HttpTarget http = target.httpTarget(name);
            for (HttpTargetCustomizer customizer : customizers.orderedStream().toList()) {
                http = customizer.customize(http);
            }
            targets.add(http);
        });
        return new HttpTransport(targets);
    }

    @Bean
    @ConditionalOnMissingBean
    Relay nodoubtRelay(CallStore store, Transport transport, NodoubtProperties properties, Environment environment) {
        List<Target> targets = properties.targets().entrySet().stream()
                .map(entry -> entry.getValue().target(entry.getKey()))
                .toList();
        String application = environment.getProperty("spring.application.name", "");
        return new Relay(store, transport, targets, properties.relaySettings(application));
    }

    @Bean
    RelayLifecycle nodoubtRelayLifecycle(Relay relay) {
        return new RelayLifecycle(relay);
    }

    @Bean
    @ConditionalOnMissingBean
    Outbox nodoubtOutbox(Relay relay) {
        return relay.outbox();
    }

    @Bean
    @ConditionalOnMissingBean
    DurableCalls nodoubtDurableCalls(Outbox outbox, DataSource dataSource) {
        return new DurableCalls(outbox, dataSource);
    }
}
