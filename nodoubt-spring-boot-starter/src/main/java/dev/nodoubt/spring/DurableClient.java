package dev.nodoubt.spring;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Payload;
import dev.nodoubt.Reply;
import dev.nodoubt.call.Call;
import dev.nodoubt.call.Outbox;
import dev.nodoubt.call.RecordedCall;
import dev.nodoubt.call.Request;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.util.Assert;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilderFactory;

/**
 * Records calls whose bodies and replies are objects, with words like those of {@code RestClient}. Thread-safe.
 *
 * <pre>{@code
 * Durable<Receipt> receipt = client.post("mail").uri("/api/mails/{id}", id).body(mail).send(Receipt.class);
 * }</pre>
 *
 * <p>Nothing is sent before the current transaction commits, and nothing at all if it does not. Bodies become bytes when
 * they are recorded, by the message converters that the application's own {@code RestClient}s have.
 */
public final class DurableClient {

    private static final UriBuilderFactory URIS = new DefaultUriBuilderFactory(); // encodes as RestClient does

    private final DurableCalls calls;
    private final Outbox outbox;
    private final MessageBodies bodies;

    /**
     * Records with these calls.
     *
     * @param outbox that of the calls
     * @param converters of bodies and replies
     */
    public DurableClient(DurableCalls calls, Outbox outbox, HttpMessageConverters converters) {
        this.calls = calls;
        this.outbox = outbox;
        this.bodies = new MessageBodies(converters);
    }

    /** A POST to this target. */
    public Spec post(String target) {
        return method(HttpMethod.POST, target);
    }

    /** A PUT to this target. */
    public Spec put(String target) {
        return method(HttpMethod.PUT, target);
    }

    /** A PATCH to this target. */
    public Spec patch(String target) {
        return method(HttpMethod.PATCH, target);
    }

    /** A DELETE to this target. */
    public Spec delete(String target) {
        return method(HttpMethod.DELETE, target);
    }

    Spec method(HttpMethod method, String target) {
        return new Spec(method, target);
    }

    /** A handle of a call recorded earlier, by another process perhaps; empty when there is none, or it was purged. */
    public <T> Optional<Durable<T>> find(IdempotencyKey key, Class<T> reply) {
        return outbox.find(key).map(call -> new Durable<>(call.key(), call.target(), reply, this));
    }

    /**
     * A reply's body, as an {@link dev.nodoubt.call.OutcomeHandler} gets it, read by the application's message converters.
     *
     * @return empty when the reply had no body, or it was not kept
     * @throws IllegalStateException when no converter reads it as this type
     */
    public <T> Optional<T> read(Reply reply, Class<T> type) {
        return read(reply, (Type) type);
    }

    @SuppressWarnings("unchecked") // the converters read what they are asked for
    <T> Optional<T> read(Reply reply, Type type) {
        Payload body = reply.body();
        return body == null || body.size() == 0 || type == Void.class
                ? Optional.empty()
                : Optional.of((T) bodies.read(body, type));
    }

    Optional<Outcome> outcome(IdempotencyKey key) {
        return outbox.find(key).map(RecordedCall::settled).map(RecordedCall.Settled::outcome);
    }

    /** One call to be recorded. Used once, by one thread. */
    public final class Spec {

        private final HttpMethod method;
        private final String target;
        private IdempotencyKey key = IdempotencyKey.create(Instant.now());
        private String path = "/";
        private Payload payload = Payload.EMPTY;
        private @Nullable MediaType mediaType;
        private CallCustomizer customizer = call -> call;

        private Spec(HttpMethod method, String target) {
            this.method = method;
            this.target = target;
        }

        /**
         * Path and query below the target's base address; {@code /} by default.
         *
         * @param template as RestClient takes it, without scheme and host: where a target is, its configuration says
         * @param variables for its placeholders, in order; they are encoded
         */
        public Spec uri(String template, @Nullable Object... variables) {
            return uri(URIS.expand(template, variables));
        }

        Spec uri(URI uri) {
            if (uri.isAbsolute() || uri.getRawAuthority() != null) {
                throw new IllegalArgumentException("a call to " + target + " was not recorded: its address must be a"
                        + " path below the target's base-url, and names a scheme or a host");
            }
            String raw = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            path = raw.startsWith("/") ? raw : "/" + raw;
            return this;
        }

        /** The call's own key, where the caller has made one: a version 7 UUID. A new one by default. */
        public Spec key(IdempotencyKey ownKey) {
            key = ownKey;
            return this;
        }

        /** The body's media type, to be said before the body; what its first converter writes by default. */
        public Spec contentType(MediaType contentType) {
            mediaType = contentType;
            return this;
        }

        /**
         * The body: becomes bytes now.
         *
         * @throws IllegalStateException when no converter writes it
         */
        public Spec body(Object body) {
            return body(body, body.getClass());
        }

        /** A body of a generic type. */
        public <B> Spec body(B body, ParameterizedTypeReference<B> type) {
            return body(body, type.getType());
        }

        Spec body(Object body, Type type) {
            Assert.notNull(body, "body");
            payload = bodies.write(body, type, mediaType);
            return this;
        }

        /** How the call is treated: applied when it is recorded. */
        public Spec with(CallCustomizer callCustomizer) {
            CallCustomizer before = customizer;
            customizer = call -> callCustomizer.customize(before.customize(call));
            return this;
        }

        /**
         * Records the call in the current transaction; nobody reads its reply.
         *
         * @throws IllegalStateException when this thread is in no transaction of the outbox' data source
         * @throws IllegalArgumentException when no such target or outcome handler is configured
         * @throws dev.nodoubt.call.CallStoreException when the call could not be recorded
         */
        public Durable<Void> send() {
            return send((Type) Void.class);
        }

        /** Records the call, whose reply is read as this type; throws as {@link #send()} does. */
        public <T> Durable<T> send(Class<T> reply) {
            return send((Type) reply);
        }

        /** Records the call, whose reply is read as this generic type; throws as {@link #send()} does. */
        public <T> Durable<T> send(ParameterizedTypeReference<T> reply) {
            return send(reply.getType());
        }

        <T> Durable<T> send(Type reply) {
            Request request = new Request(target, method.name(), path, payload);
            Call call = new Call(key, request, Call.Timing.DEFAULT, Call.Labels.NONE);
            return new Durable<>(calls.send(customizer.customize(call)), target, reply, DurableClient.this);
        }
    }
}
