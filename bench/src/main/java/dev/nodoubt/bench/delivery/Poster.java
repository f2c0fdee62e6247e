package dev.nodoubt.bench.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts a transfer's body to the target: the same client for every contender but nodoubt, which has its own. It is the
 * client that nodoubt uses too, because it was the cheapest one measured. Thread-safe.
 */
public final class Poster implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;
    private static final long LIMIT_SECONDS = 30;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final RequestOptions target;

    public Poster(Surroundings surroundings) {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setUseDaemonThread(true));
        client = vertx.createHttpClient(
                new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(surroundings.workers()));
        target = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(surroundings.targetPort())
                .setMethod(HttpMethod.POST)
                .setURI(Transfer.PATH)
                .putHeader("Content-Type", Transfer.MEDIA_TYPE);
    }

    /** Posts it; the stage fails when the answer is not 200. */
    public CompletionStage<Integer> post(String body) {
        Future<Integer> answer = client.request(target)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(read -> response.statusCode()))
                .compose(status -> status == 200
                        ? Future.succeededFuture(status)
                        : Future.failedFuture("the target answered with " + status));
        return answer.toCompletionStage();
    }

    /** Posts it and waits for the answer. */
    public void postAndWait(String body) throws IOException, InterruptedException {
        try {
            post(body).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the target did not take the call", e);
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
