package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.util.Assert;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

/** Records the calls of durable methods, and passes every other one to the group's own client. */
final class DurableExchange extends HttpExchangeAdapterDecorator {

    private static final UriBuilderFactory URIS = new DefaultUriBuilderFactory();

    /** Accept needs no carrying: a reply is read by the type it comes with. */
    private static final Set<String> DISPENSABLE =
            Set.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.ACCEPT);

    private final String target;
    private final Supplier<DurableClient> client;

    DurableExchange(HttpExchangeAdapter adapter, String target, Supplier<DurableClient> client) {
        super(adapter);
        this.target = target;
        this.client = client;
    }

    @Override
    public void exchange(HttpRequestValues values) {
        DurableMethod method = DurableArguments.method(values);
        if (method == null) {
            super.exchange(values);
        } else {
            record(method, values, Void.class);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // of a durable method, T is a Durable
    public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        DurableMethod method = DurableArguments.method(values);
        if (method == null) {
            return super.exchangeForBody(values, type);
        }
        Type reply = ResolvableType.forType(type.getType()).getGeneric(0).getType();
        return (T) record(method, values, reply.equals(ResolvableType.NONE.getType()) ? Object.class : reply);
    }

    private Durable<?> record(DurableMethod method, HttpRequestValues values, Type reply) {
        requireRecordable(method, values);
        HttpMethod httpMethod = values.getHttpMethod();
        String template = values.getUriTemplate();
        Assert.state(httpMethod != null && template != null, "an HTTP interface's method has a method and a url");
        DurableClient.Spec spec =
                client.get().method(httpMethod, target).uri(URIS.expand(template, values.getUriVariables()));
        MediaType contentType = values.getHeaders().getContentType();
        if (contentType != null) {
            spec.contentType(contentType);
        }
        Object body = values.getBodyValue();
        if (body != null) {
            ParameterizedTypeReference<?> type = values.getBodyValueType();
            spec.body(body, type == null ? body.getClass() : type.getType());
        }
        IdempotencyKey key = DurableArguments.key(values);
        if (key != null) {
            spec.key(key);
        }
        return spec.with(method.terms())
                .with(DurableArguments.customizer(values))
                .send(reply);
    }

    /** What the method's signature could not tell at start: the application may have argument resolvers of its own. */
    private static void requireRecordable(DurableMethod method, HttpRequestValues values) {
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.addAll(values.getHeaders().headerNames());
        headers.removeAll(DISPENSABLE);
        require(headers.isEmpty(), method, "the headers " + headers);
        require(values.getCookies().isEmpty(), method, "cookies");
        require(values.getApiVersion() == null, method, "an API version");
        require(values.getUri() == null && values.getUriBuilderFactory() == null, method, "an address of its own");
        require(!(values.getBodyValue() instanceof StreamingHttpOutputMessage.Body), method, "a streaming body");
    }

    private static void require(boolean holds, DurableMethod method, String what) {
        if (!holds) {
            throw new IllegalArgumentException(method.name() + " was not recorded: it has " + what
                    + ", and a recorded call carries a path, a query and a body only");
        }
    }
}
