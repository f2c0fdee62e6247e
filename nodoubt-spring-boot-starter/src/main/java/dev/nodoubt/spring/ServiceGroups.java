package dev.nodoubt.spring;

import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The groups of HTTP interfaces ({@code @ImportHttpServices}), before any of them exists: whether a caller is needed is
 * decided while beans are still being defined. Needs nothing of spring-web.
 */
final class ServiceGroups {

    /** Spring names the bean of an interface {@code group#interface}. */
    private static final char AFTER_GROUP = '#';

    private ServiceGroups() {}

    /** Groups with a method whose calls are recorded, of the beans with these names. */
    static Set<String> durable(String[] beanNames, @Nullable ClassLoader classLoader) {
        Set<String> groups = new TreeSet<>();
        for (String name : beanNames) {
            int end = name.lastIndexOf(AFTER_GROUP);
            if (end > 0 && isDurable(name.substring(end + 1), classLoader)) {
                groups.add(name.substring(0, end));
            }
        }
        return groups;
    }

    private static boolean isDurable(String type, @Nullable ClassLoader classLoader) {
        try {
            Class<?> candidate = ClassUtils.forName(type, classLoader);
            return candidate.isInterface()
                    && Arrays.stream(candidate.getMethods()).anyMatch(ServiceGroups::isDurable);
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // some other bean's name
        }
    }

    /** Whether a method asks to be recorded, in whichever way. */
    static boolean isDurable(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, DurableCall.class)
                || mentionsDurable(ResolvableType.forMethodReturnType(method));
    }

    private static boolean mentionsDurable(ResolvableType type) {
        return type.resolve() == Durable.class
                || Arrays.stream(type.getGenerics()).anyMatch(ServiceGroups::mentionsDurable);
    }

    /** What Spring Boot's properties say of each group. */
    static Map<String, Client> clients(Environment environment) {
        return Binder.get(environment)
                .bind("spring.http.serviceclient", Bindable.mapOf(String.class, Client.class))
                .orElse(Map.of());
    }

    /**
     * A group's client, as far as a target can stand in for it.
     *
     * @param baseUrl where its interfaces call
     * @param connectTimeout null for that of all clients
     * @param readTimeout null for that of all clients
     * @param defaultHeader sent with each request
     * @param ssl how it trusts
     */
    record Client(
            @Nullable URI baseUrl,
            @Nullable Duration connectTimeout,
            @Nullable Duration readTimeout,
            @DefaultValue Map<String, List<String>> defaultHeader,
            @DefaultValue Map<String, String> ssl) {}
}
