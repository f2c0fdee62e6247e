package dev.nodoubt.spring;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.function.RouterFunction;

/**
 * The application's own beans that gated handlers reach through what was injected into them. What they look up by
 * themselves, or get through a bean of Spring, is not seen.
 */
final class GatedReach {

    private static final String FRAMEWORK = "org.springframework.";

    private final ConfigurableListableBeanFactory beans;
    private final Map<String, Set<GatedOperation>> reached = new LinkedHashMap<>();

    GatedReach(ConfigurableListableBeanFactory beans, Collection<GatedMethod> methods) {
        this.beans = beans;
        for (GatedMethod method : methods) {
            if (method.handler().getBean() instanceof String controller) {
                walk(controller, List.of(method.operation()));
            }
        }
        beans.getBeansOfType(RouterFunction.class)
                .forEach((name, router) -> walk(name, GatedRoutes.of(router).operations()));
    }

    /** A bean, by whom it is reached; its class is the application's, not its proxy's. */
    record Bean(String name, Class<?> type, List<GatedOperation> by) {}

    List<Bean> beans() {
        return reached.entrySet().stream()
                .map(entry -> new Bean(entry.getKey(), requireType(entry.getKey()), List.copyOf(entry.getValue())))
                .toList();
    }

    private void walk(String root, Collection<GatedOperation> operations) {
        if (operations.isEmpty()) {
            return;
        }
        if (beans.isSingleton(root)) {
            beans.getBean(root); // only what was made knows what was injected, and a lazy bean was not
        }
        Set<String> seen = new LinkedHashSet<>(Set.of(root));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String name : beans.getDependenciesForBean(open.remove())) {
                Class<?> type = type(name);
                if (type != null && !type.getName().startsWith(FRAMEWORK) && seen.add(name)) {
                    reached.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(operations);
                    open.add(name);
                }
            }
        }
    }

    private Class<?> requireType(String name) {
        Class<?> type = type(name);
        if (type == null) {
            throw new IllegalStateException("bean " + name + " has no type any more");
        }
        return type;
    }

    private @Nullable Class<?> type(String name) {
        Class<?> type = beans.containsBean(name) ? AutoProxyUtils.determineTargetClass(beans, name) : null;
        return type == null ? null : ClassUtils.getUserClass(type);
    }
}
