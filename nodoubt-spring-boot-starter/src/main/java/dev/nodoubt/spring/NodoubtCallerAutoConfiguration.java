package dev.nodoubt.spring;

import dev.nodoubt.call.CallListener;
import dev.nodoubt.call.CallObserver;
import dev.nodoubt.call.CallStore;
import dev.nodoubt.call.Lookup;
import dev.nodoubt.call.LookupTransport;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.OutcomeHandler;
import dev.nodoubt.call.Relay;
import dev.nodoubt.call.Target;
import dev.nodoubt.call.Transport;
import dev.nodoubt.http.HttpTarget;
import dev.nodoubt.http.HttpTransport;
import dev.nodoubt.jdbc.JdbcCallStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The caller: where {@code nodoubt.targets} names at least one called system, or an HTTP interface has durable methods, and
 * the relay is enabled.
 */
@AutoConfiguration(after = NodoubtSchemaAutoConfiguration.class)
@Conditional(OnTargets.class)
@ConditionalOnProperty(name = "nodoubt.relay.enabled", matchIfMissing = true)
@ConditionalOnBean(NodoubtDatabase.class)
public final class NodoubtCallerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CallStore nodoubtCallStore(NodoubtDatabase database, NodoubtSchema schema) {
        DataSource dataSource = database.dataSource();
        PlatformTransactionManager manager = database.manager();
        return manager == null
                ? new JdbcCallStore(dataSource)
                : new JdbcCallStore(dataSource, new SpringTransactions(manager, dataSource));
    }

    @Bean
    NodoubtTargets nodoubtTargets(
            NodoubtProperties properties, Environment environment, ConfigurableListableBeanFactory beans) {
        Set<String> durable = ServiceGroups.durable(beans.getBeanDefinitionNames(), beans.getBeanClassLoader());
        boolean customized = beans.getBeanNamesForType(HttpTargetCustomizer.class, true, false).length > 0;
        return NodoubtTargets.of(environment, properties.targets(), new NodoubtTargets.Recorded(durable, customized));
    }

    @Bean
    @ConditionalOnMissingBean
    Transport nodoubtTransport(
            NodoubtTargets configured, ObjectProvider<HttpTargetCustomizer> customizers, Map<String, Lookup> lookups) {
        List<HttpTarget> targets = new ArrayList<>();
        configured.byName().forEach((name, target) -> {
            HttpTarget http = target.httpTarget(name);
            for (HttpTargetCustomizer customizer : customizers.orderedStream().toList()) {
                http = customizer.customize(http);
            }
            targets.add(http);
        });
        HttpTransport http = new HttpTransport(targets);
        try {
            return lookups.isEmpty() ? http : new LookupTransport(http, lookups, LookupTransport.LIMIT);
        } catch (IllegalArgumentException e) {
            http.close();
            throw new IllegalArgumentException(
                    "a Lookup bean has the name of its target: " + e.getMessage() + "; rename it", e);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    Relay nodoubtRelay(
            CallStore store,
            Transport transport,
            Relay.Hooks hooks,
            NodoubtTargets configured,
            Relay.Settings settings) {
        List<Target> targets = configured.byName().entrySet().stream()
                .map(entry -> entry.getValue().target(entry.getKey()))
                .toList();
        return new Relay(store, transport, targets, hooks, settings);
    }

    @Bean
    @ConditionalOnMissingBean
    Relay.Settings nodoubtRelaySettings(NodoubtProperties properties, Environment environment) {
        return properties.relaySettings(environment.getProperty("spring.application.name", ""));
    }

    /**
     * Outcome handlers by the names of their beans. They are asked for when the first outcome comes, because they may
     * record calls themselves.
     */
    @Bean
    @ConditionalOnMissingBean
    Relay.Hooks nodoubtHooks(
            ListableBeanFactory beans, ObjectProvider<CallListener> listener, ObjectProvider<CallObserver> observer) {
        Map<String, OutcomeHandler> handlers = new LinkedHashMap<>();
        for (String name : beans.getBeanNamesForType(OutcomeHandler.class)) {
            handlers.put(
                    name,
                    (transaction, call) ->
                            beans.getBean(name, OutcomeHandler.class).handle(transaction, call));
        }
        return new Relay.Hooks(
                handlers,
                call -> listener.ifAvailable(application -> application.unresolved(call)),
                observer.getIfAvailable(() -> CallObserver.NONE));
    }

    @Bean
    @ConditionalOnMissingBean(name = "nodoubtRelayLifecycle")
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
    DurableCalls nodoubtDurableCalls(Outbox outbox, NodoubtDatabase database) {
        PlatformTransactionManager manager = database.manager();
        return manager == null
                ? new DurableCalls(outbox, database.dataSource())
                : new DurableCalls(outbox, database.dataSource(), new TransactionTemplate(manager));
    }
}
