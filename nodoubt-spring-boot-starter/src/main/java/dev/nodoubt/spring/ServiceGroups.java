package dev.nodoubt.spring;

import java.lang.reflect.MalformedParameterizedTypeException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
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
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The groups of HTTP interfaces ({@code @ImportHttpServices}), before any of them exists: whether a caller is needed is
 * decided while beans are still being defined. Needs nothing of spring-web.
 */
final class ServiceGroups {

    /** Spring names the bean of an interface {@code group#interface}. */
    private static final char AFTER_GROUP = '#';

    /** Marks what a client implements; other methods of its interface run their own code. */
    private static final String EXCHANGE = "org.springframework.web.service.annotation.HttpExchange";

    private ServiceGroups() {}

    /** Groups with a method whose calls are recorded, of the beans with these names. */
    static Set<String> durable(String[] beanNames, @Nullable ClassLoader classLoader) {
        Set<String> groups = new TreeSet<>();
        for (String name : beanNames) {
            String group = group(name);
            if (group != null && isDurable(name.substring(group.length() + 1), classLoader)) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** The group whose client a bean of this name is; null when it is some other bean. */
    static @Nullable String group(String beanName) {
        int end = beanName.lastIndexOf(AFTER_GROUP);
        return end > 0 ? beanName.substring(0, end) : null;
    }

    private static boolean isDurable(String type, @Nullable ClassLoader classLoader) {
        try {
            return isDurable(ClassUtils.forName(type, classLoader));
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // some other bean's name
        }
    }

    /** Whether this is an interface with an exchange that asks to be recorded; false where a type of one is missing. */
    static boolean isDurable(Class<?> type) {
        try {
            return type.isInterface()
                    && Arrays.stream(type.getMethods())
                            .anyMatch(method -> isExchange(method) && isDurable(type, method));
        } catch (LinkageError | TypeNotPresentException | MalformedParameterizedTypeException e) {
            return false; // of an optional dependency that is not there, so no client of it can be
        }
    }

    private static boolean isExchange(Method method) {
        return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(EXCHANGE);
    }

    /**
     * Whether a method asks to be recorded, in whichever way.
     *
     * @param type the interface that has it, by itself or from one that leaves the return type to it
     */
    static boolean isDurable(Class<?> type, Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, DurableCall.class)
                || mentionsDurable(GenericTypeResolver.resolveType(method.getGenericReturnType(), type));
    }

    /** Type variables are not followed: they may speak of themselves. */
    private static boolean mentionsDurable(Type type) {
        if (type instanceof ParameterizedType generic) {
            return mentionsDurable(generic.getRawType())
                    || Arrays.stream(generic.getActualTypeArguments()).anyMatch(ServiceGroups::mentionsDurable);
        }
        return type == Durable.class
                || (type instanceof WildcardType wildcard
                        && Arrays.stream(wildcard.getUpperBounds()).anyMatch(ServiceGroups::mentionsDurable));
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
