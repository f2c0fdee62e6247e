package dev.nodoubt.spring;

import dev.nodoubt.call.Relay;
import dev.nodoubt.call.TargetStatus;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;

/** Lets the groups of HTTP interfaces record what their durable methods ask for; the group's name is the target's. */
final class DurableServices implements RestClientHttpServiceGroupConfigurer, SmartInitializingSingleton {

    private final ObjectProvider<DurableClient> client;
    private final ObjectProvider<Relay> relay;
    private final ConfigurableListableBeanFactory beans;

    DurableServices(
            ObjectProvider<DurableClient> client, ObjectProvider<Relay> relay, ConfigurableListableBeanFactory beans) {
        this.client = client;
        this.relay = relay;
        this.beans = beans;
    }

    @Override
    public void configureGroups(Groups<RestClient.Builder> groups) {
        groups.forEachProxyFactory(this::configure);
    }

    private void configure(HttpServiceGroup group, HttpServiceProxyFactory.Builder factory) {
        Map<Method, DurableMethod> methods = new LinkedHashMap<>();
        for (Class<?> type : group.httpServiceTypes()) {
            methods.putAll(DurableMethod.of(type));
        }
        DurableArguments arguments = new DurableArguments(methods);
        factory.customArgumentResolver(arguments).httpRequestValuesProcessor(arguments);
        if (!methods.isEmpty()) {
            factory.proxyFactoryCustomizer((proxy, type) -> proxy.addAdvice(DurableProxyCheck.RECORDS));
            // the client is made when it is needed: what it depends on may itself call through such interfaces
            factory.exchangeAdapterDecorator(adapter -> new DurableExchange(adapter, group.name(), client::getObject));
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> targets = relay.stream()
                .flatMap(engine -> engine.targets().stream())
                .map(TargetStatus::name)
                .collect(Collectors.toSet());
        for (String group : ServiceGroups.durable(beans.getBeanDefinitionNames(), beans.getBeanClassLoader())) {
            if (client.getIfAvailable() == null) {
                throw new StartupException("ND-0421", group);
            }
            if (!targets.contains(group)) {
                throw new StartupException("ND-0422", group);
            }
        }
    }
}
