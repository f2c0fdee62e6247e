package dev.nodoubt.spring;

import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Holds when at least one target is configured, or a group of HTTP interfaces that has an address has a method whose calls
 * are recorded.
 */
final class OnTargets extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN; // by then the application's own beans are defined
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean any = Binder.get(context.getEnvironment())
                .bind("nodoubt.targets", Bindable.mapOf(String.class, Object.class))
                .map(targets -> !targets.isEmpty())
                .orElse(false);
        ConditionMessage.Builder message = ConditionMessage.forCondition("nodoubt targets");
        if (any) {
            return ConditionOutcome.match(message.foundExactly("nodoubt.targets.*"));
        }
        Set<String> groups = durableGroups(context);
        return groups.isEmpty()
                ? ConditionOutcome.noMatch(
                        message.didNotFind("nodoubt.targets.*").atAll())
                : ConditionOutcome.match(message.foundExactly("durable methods in " + groups));
    }

    private static Set<String> durableGroups(ConditionContext context) {
        Set<String> groups =
                ServiceGroups.durable(context.getRegistry().getBeanDefinitionNames(), context.getClassLoader());
        Map<String, ServiceGroups.Client> clients = ServiceGroups.clients(context.getEnvironment());
        groups.removeIf(
                group -> !clients.containsKey(group) || clients.get(group).baseUrl() == null);
        return groups;
    }
}
