package dev.nodoubt.spring;

import dev.nodoubt.call.Call;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.util.UriBuilderFactory;

/**
 * A method of an HTTP interface whose calls are recorded.
 *
 * @param name of interface and method, for messages
 * @param terms what its {@link DurableCall} says
 */
record DurableMethod(String name, CallCustomizer terms) {

    private static final List<Class<? extends Annotation>> UNRECORDED =
            List.of(RequestHeader.class, CookieValue.class, RequestAttribute.class);

    /** Those of this interface; calls of its other methods are made as ever. */
    static Map<Method, DurableMethod> of(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (MetadataLookup<DurableMethod>) method -> of(type, method));
    }

    private static @Nullable DurableMethod of(Class<?> type, Method method) {
        HttpExchange exchange = AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class);
        if (exchange == null) {
            return null;
        }
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        if (!ServiceGroups.isDurable(type, method)) {
            requireNoCustomizer(name, method);
            return null;
        }
        requireReturnType(name, method);
        requireExchange(name, exchange);
        HttpExchange common =
                AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), HttpExchange.class);
        if (common != null) {
            requireExchange(name, common);
        }
        for (Parameter parameter : method.getParameters()) {
            requireParameter(name, parameter);
        }
        DurableCall call = AnnotatedElementUtils.findMergedAnnotation(method, DurableCall.class);
        return new DurableMethod(name, call == null ? recorded -> recorded : terms(name, call));
    }

    private static void requireNoCustomizer(String name, Method method) {
        require(!List.of(method.getParameterTypes()).contains(CallCustomizer.class), name, "customizer");
    }

    private static void requireReturnType(String name, Method method) {
        Class<?> type = method.getReturnType();
        require(type == Durable.class || type == void.class, name, "return", type.getSimpleName());
    }

    private static void requireExchange(String name, HttpExchange exchange) {
        String method = exchange.method();
        require(method.isEmpty() || List.of("POST", "PUT", "PATCH", "DELETE").contains(method), name, "method", method);
        require(
                !StringUtils.startsWithIgnoreCase(exchange.url(), "http:")
                        && !StringUtils.startsWithIgnoreCase(exchange.url(), "https:"),
                name,
                "host");
        require(exchange.headers().length == 0 && exchange.version().isEmpty(), name, "headers");
    }

    private static void requireParameter(String name, Parameter parameter) {
        Class<?> type = parameter.getType();
        UNRECORDED.stream()
                .filter(parameter::isAnnotationPresent)
                .forEach(annotation -> require(false, name, "argument", "@" + annotation.getSimpleName()));
        require(type != URI.class && !UriBuilderFactory.class.isAssignableFrom(type), name, "address");
        require(
                !InputStream.class.isAssignableFrom(type)
                        && !type.getName().startsWith("org.reactivestreams.")
                        && !type.getName().startsWith("reactor.core."),
                name,
                "stream");
    }

    private static CallCustomizer terms(String name, DurableCall terms) {
        Duration deadline = terms.deadline().isEmpty() ? Call.Timing.DEFAULT.deadline() : deadline(name, terms);
        return call -> {
            Call timed = call.withDeadline(deadline);
            return terms.handler().isEmpty() ? timed : timed.withHandler(terms.handler());
        };
    }

    private static Duration deadline(String name, DurableCall terms) {
        try {
            return DurationStyle.detectAndParse(terms.deadline());
        } catch (IllegalArgumentException e) {
            throw new StartupException("ND-0418", name, terms.deadline());
        }
    }

    /** @param rule the part of the names of the texts that say what is wrong, and what to do */
    private static void require(boolean holds, String name, String rule, Object... values) {
        if (!holds) {
            throw new StartupException(
                    "ND-0417",
                    name,
                    new StartupException.Text("ND-0417." + rule + ".problem", List.of(values)),
                    new StartupException.Text("ND-0417." + rule + ".action", List.of()));
        }
    }
}
