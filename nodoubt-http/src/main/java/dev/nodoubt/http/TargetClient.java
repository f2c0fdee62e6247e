package dev.nodoubt.http;

import dev.nodoubt.Trace;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.wire.Headers;
import dev.nodoubt.wire.WireRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One target's own client, connections and line: nothing of it is shared with another target but the threads. */
final class TargetClient {

    private static final int CLEANER_PERIOD_MILLIS = 1_000;

    private final HttpTarget target;
    private final String prefix;
    private final ScheduledExecutorService timer;
    private final Slots slots;
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final Context loop;
    private final HttpClient http;
    private volatile boolean closed;

    TargetClient(HttpTarget target, Vertx vertx, HttpClientOptions options, ScheduledExecutorService timer) {
        this.target = target;
        this.prefix = prefix(target);
        this.timer = timer;
        this.slots = new Slots(target.maxConnections());
        this.loop = ownLoop(vertx);
        this.http = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions()
                        .setHttp1MaxSize(target.maxConnections())
                        .setCleanerPeriod(CLEANER_PERIOD_MILLIS))
                // The exchange says what happened; the client's own log would repeat it, with the peer's bytes in it.
                .withConnectHandler(connection -> connection.exceptionHandler(fault -> {}))
                .build();
    }

    /** A context of its own keeps everything of a target on one thread, and spreads targets over the threads. */
    private static Context ownLoop(Vertx vertx) {
        CompletableFuture<Context> given = new CompletableFuture<>();
        vertx.deployVerticle(context -> {
                    given.complete(context);
                    return Future.succeededFuture();
                })
                .onFailure(given::completeExceptionally);
        return given.join();
    }

    CompletableFuture<Crossing> cross(Attempt attempt) {
        Exchange exchange = new Exchange(this, attempt);
        underWay.add(exchange);
        if (closed) {
            exchange.abandon("transport is closed");
        } else {
            exchange.begin();
        }
        return exchange.result();
    }

    /** Takes a pooled connection or makes one; the request is written only if the exchange still wants it. */
    void connect(Exchange exchange, WireRequest wire, Optional<Credentials.Header> credential) {
        if (closed) {
            throw new IllegalStateException("transport is closed");
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(wire.method()))
                .setURI(prefix + wire.path())
                .setFollowRedirects(false);
        loop.runOnContext(go -> request(options)
                .onSuccess(request -> send(exchange, request, wire, credential))
                .onFailure(exchange::notConnected));
    }

    private Future<HttpClientRequest> request(RequestOptions options) {
        try {
            return http.request(options);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static String prefix(HttpTarget target) {
        String path = target.base().getRawPath();
        return path == null ? "" : path.replaceAll("/+$", "");
    }

    private void setHeaders(
            MultiMap headers, WireRequest wire, @Nullable Trace trace, Optional<Credentials.Header> credential) {
        headers.set("Host", target.base().getRawAuthority());
        wire.headers().asMap().forEach(headers::add);
        if (!wire.body().mediaType().isEmpty()) {
            headers.set(Headers.CONTENT_TYPE, wire.body().mediaType());
        }
        if (trace != null) {
            headers.set("traceparent", trace.parent());
            if (trace.state() != null) {
                headers.set("tracestate", trace.state());
            }
        }
        credential.ifPresent(header -> headers.set(header.name(), header.value()));
    }

    private void send(
            Exchange exchange, HttpClientRequest request, WireRequest wire, Optional<Credentials.Header> credential) {
        Answering answering = new Answering(exchange, target);
        request.exceptionHandler(answering::failed);
        try {
            setHeaders(request.headers(), wire, exchange.attempt().trace(), credential);
        } catch (RuntimeException e) { // its message quotes the value
            exchange.notWritten("a header cannot be written (" + e.getClass().getSimpleName() + ")");
        }
        if (!exchange.maySend(request)) {
            request.reset();
            return;
        }
        try {
            boolean bodiless = wire.method().equals("GET");
            Future<HttpClientResponse> response = bodiless
                    ? request.send()
                    : request.send(Buffer.buffer(wire.body().bytes()));
            response.onSuccess(answering::head).onFailure(answering::failed);
        } catch (RuntimeException e) {
            answering.failed(e);
        }
    }

    /** On the next turn of the loop, when the client has taken its connection back. */
    void giveSlotBack() {
        onLoop(slots::giveBack);
    }

    /** Gives the slot back likewise, then does this. */
    void afterSlot(Runnable then) {
        onLoop(() -> {
            try {
                slots.giveBack();
            } finally {
                then.run();
            }
        });
    }

    void onLoop(Runnable action) {
        loop.runOnContext(go -> action.run());
    }

    void ended(Exchange exchange) {
        underWay.remove(exchange);
    }

    void close() {
        closed = true;
        underWay.forEach(exchange -> exchange.abandon("transport closed while the attempt was under way"));
    }

    HttpTarget target() {
        return target;
    }

    Slots slots() {
        return slots;
    }

    ScheduledExecutorService timer() {
        return timer;
    }
}
