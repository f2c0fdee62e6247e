package dev.nodoubt.spring;

import dev.nodoubt.call.Call;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
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

    /** Null where calls of this method are made as ever. */
    static @Nullable DurableMethod of(Method method) {
        HttpExchange exchange = AnnotatedElementUtils.findMergedAnnotation(method, HttpExchange.class);
        if (exchange == null) {
            return null;
        }
        String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        if (!ServiceGroups.isDurable(method)) {
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
        require(
                !List.of(method.getParameterTypes()).contains(CallCustomizer.class),
                name,
                "it takes a CallCustomizer and returns no Durable",
                "Let it return Durable<…>, or void with @DurableCall.");
    }

    private static void requireReturnType(String name, Method method) {
        Class<?> type = method.getReturnType();
        require(
                type == Durable.class || type == void.class,
                name,
                "it returns " + type.getSimpleName(),
                "Let it return Durable<…>, or void with @DurableCall: the reply is not there yet when it returns.");
    }

    private static void requireExchange(String name, HttpExchange exchange) {
        String method = exchange.method();
        require(
                method.isEmpty() || List.of("POST", "PUT", "PATCH", "DELETE").contains(method),
                name,
                "it is a " + method,
                "Return the reply itself: what changes nothing needs no recording.");
        require(
                !StringUtils.startsWithIgnoreCase(exchange.url(), "http:")
                        && !StringUtils.startsWithIgnoreCase(exchange.url(), "https:"),
                name,
                "its url names a host",
                "Leave scheme and host to the base-url of its group.");
        require(
                exchange.headers().length == 0 && exchange.version().isEmpty(),
                name,
                "its @HttpExchange has headers or a version",
                "Only Content-Type is recorded; credentials belong to nodoubt.targets.<group>.credentials.");
    }

    private static void requireParameter(String name, Parameter parameter) {
        Class<?> type = parameter.getType();
        String what = parameter.isAnnotationPresent(RequestHeader.class)
                ? "a @RequestHeader"
                : parameter.isAnnotationPresent(CookieValue.class)
                        ? "a @CookieValue"
                        : parameter.isAnnotationPresent(RequestAttribute.class) ? "a @RequestAttribute" : "";
        require(
                what.isEmpty(),
                name,
                "it has " + what,
                "A recorded call carries path, query and body: move what the operation needs there.");
        require(
                type != URI.class && !UriBuilderFactory.class.isAssignableFrom(type),
                name,
                "it takes its address as an argument",
                "Use a url with @PathVariable and @RequestParam below the base-url of its group.");
        require(
                !InputStream.class.isAssignableFrom(type)
                        && !type.getName().startsWith("org.reactivestreams.")
                        && !type.getName().startsWith("reactor.core."),
                name,
                "its body is a stream",
                "Give the whole body: its bytes are recorded in the transaction.");
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

    private static void require(boolean holds, String name, String but, String action) {
        if (!holds) {
            throw new StartupException("ND-0417", name, but, action);
        }
    }
}
