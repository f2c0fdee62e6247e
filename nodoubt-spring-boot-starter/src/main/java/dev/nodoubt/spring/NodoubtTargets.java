package dev.nodoubt.spring;

import dev.nodoubt.spring.ServiceGroups.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The targets: those of {@code nodoubt.targets}, completed by the client of the group with the same name, and the groups
 * of HTTP interfaces whose calls are recorded.
 *
 * @param byName complete and validated
 */
record NodoubtTargets(Map<String, TargetProperties> byName) {

    private static final String TARGETS = "nodoubt.targets";

    /**
     * The targets of this environment.
     *
     * @param named those that {@code nodoubt.targets} names, as far as that says it
     * @param groups which groups of HTTP interfaces are recorded
     */
    static NodoubtTargets of(Environment environment, Map<String, TargetProperties> named, Recorded groups) {
        Map<String, Client> clients = ServiceGroups.clients(environment);
        Map<String, Object> defaults = new LinkedHashMap<>();
        clients.forEach((group, client) -> {
            TargetProperties target = named.get(group);
            boolean durable = groups.durable.contains(group);
            boolean completed = client.baseUrl() != null && (target != null || durable);
            if (durable || (completed && target != null && target.baseUrl() == null)) {
                requireEnough(group, client, new Own(target, groups.customized));
            }
            if (completed) {
                addDefaults(defaults, group, client, environment);
            }
        });
        Map<String, TargetProperties> targets = bind(environment, defaults);
        targets.forEach((name, target) -> {
            target.requireBaseUrl(name);
            target.validate(TARGETS + "." + name, name);
        });
        return new NodoubtTargets(targets);
    }

    /**
     * The groups of HTTP interfaces.
     *
     * @param durable groups whose calls are recorded
     * @param customized whether the application completes its targets by code, and so decides itself what they send:
     *     one bean for all named targets, as nobody can tell which of them it completes
     */
    record Recorded(Set<String> durable, boolean customized) {}

    /** What a target has itself; null where it is not named. */
    private record Own(@Nullable TargetProperties target, boolean customized) {

        boolean identifies() {
            return target != null && (customized || target.credentials().isConfigured());
        }

        boolean trusts() {
            return target != null && customized;
        }
    }

    /** Silently leaving out a credential or a trusted certificate would be found by the first call. */
    private static void requireEnough(String group, Client client, Own own) {
        if (!client.defaultHeader().isEmpty() && !own.identifies()) {
            throw new StartupException("ND-0419", group, "default-header");
        }
        if (!client.ssl().isEmpty() && !own.trusts()) {
            throw new StartupException("ND-0419", group, "ssl");
        }
    }

    private static void addDefaults(
            Map<String, Object> defaults, String group, Client client, Environment environment) {
        String at = TARGETS + ".[" + group + "].";
        defaults.put(at + "base-url", String.valueOf(client.baseUrl()));
        Duration connect = orOfAll(client.connectTimeout(), environment, "connect-timeout");
        if (connect != null) {
            defaults.put(at + "connect-timeout", connect);
        }
        Duration read = orOfAll(client.readTimeout(), environment, "read-timeout");
        if (read != null) {
            defaults.put(at + "socket-timeout", read);
            defaults.put(at + "response-timeout", read);
        }
    }

    private static @Nullable Duration orOfAll(@Nullable Duration ofGroup, Environment environment, String property) {
        return ofGroup != null
                ? ofGroup
                : Binder.get(environment)
                        .bind("spring.http.clients." + property, Duration.class)
                        .orElse(null);
    }

    private static Map<String, TargetProperties> bind(Environment environment, Map<String, Object> defaults) {
        List<ConfigurationPropertySource> sources = new ArrayList<>();
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        sources.add(new MapConfigurationPropertySource(defaults));
        return new Binder(sources, new PropertySourcesPlaceholdersResolver(environment))
                .bind(TARGETS, Bindable.mapOf(String.class, TargetProperties.class))
                .orElse(Map.of());
    }
}
