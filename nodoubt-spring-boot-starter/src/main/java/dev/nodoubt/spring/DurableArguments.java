package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.wire.Headers;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceArgumentResolver;

/**
 * Lets methods of HTTP interfaces take the key of their request, and durable ones a {@link CallCustomizer}, and marks the
 * requests of durable methods.
 */
final class DurableArguments implements HttpServiceArgumentResolver, HttpRequestValues.Processor {

    private static final String METHOD = DurableMethod.class.getName();
    private static final String KEY = IdempotencyKey.class.getName();
    private static final String CUSTOMIZER = CallCustomizer.class.getName();

    private final Map<Method, DurableMethod> methods;

    DurableArguments(Map<Method, DurableMethod> methods) {
        this.methods = Map.copyOf(methods);
    }

    @Override
    public boolean resolve(@Nullable Object argument, MethodParameter parameter, HttpRequestValues.Builder values) {
        Class<?> type = parameter.getParameterType();
        if (type != IdempotencyKey.class && type != CallCustomizer.class) {
            return false;
        }
        if (argument != null) {
            values.addAttribute(type.getName(), argument);
        }
        return true;
    }

    @Override
    public void process(
            Method method,
            MethodParameter[] parameters,
            @Nullable Object[] arguments,
            HttpRequestValues.Builder values) {
        DurableMethod durable = methods.get(method);
        if (durable != null) {
            values.addAttribute(METHOD, durable);
            return;
        }
        for (Object argument : arguments) {
            if (argument instanceof IdempotencyKey key) {
                values.addHeader(Headers.IDEMPOTENCY_KEY, Headers.quoted(key));
            }
        }
    }

    static @Nullable DurableMethod method(HttpRequestValues values) {
        return (DurableMethod) values.getAttributes().get(METHOD);
    }

    static @Nullable IdempotencyKey key(HttpRequestValues values) {
        return (IdempotencyKey) values.getAttributes().get(KEY);
    }

    static CallCustomizer customizer(HttpRequestValues values) {
        CallCustomizer customizer = (CallCustomizer) values.getAttributes().get(CUSTOMIZER);
        return customizer == null ? call -> call : customizer;
    }
}
