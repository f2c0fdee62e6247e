package dev.nodoubt.http;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.call.Attempt;
import dev.nodoubt.call.Crossing;
import dev.nodoubt.call.Step;
import dev.nodoubt.call.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Crosses the network over HTTP/1.1. Each target has its own client, connections and waiting line, so that one that hangs
 * slows no other. A request is written at most once: nothing is re-sent, no redirect is followed.
 *
 * <p>Not sent: no credentials, no free connection in time, name not resolved, connection refused, connect timeout, TLS
 * handshake failed. Everything after that which is not a complete, well-formed answer is lost. Stages complete on a
 * thread of the transport, which their continuations must not block.
 *
 * <p>Thread-safe. It has a few daemon threads, all of which {@link #close} ends.
 */
public final class HttpTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final int EVENT_LOOPS = 2;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<String, TargetClient> clients = new LinkedHashMap<>();

    /**
     * A transport to these targets. Says once, for each target, which of its timeouts lie outside the usual range.
     *
     * @throws IllegalArgumentException when two targets have one name, or a key store cannot be read
     */
    public HttpTransport(Collection<HttpTarget> targets) {
        Map<HttpTarget, HttpClientOptions> checked = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (HttpTarget target : targets) {
            if (!names.add(target.name())) {
                throw new IllegalArgumentException(
                        "target " + target.name() + ": name must be used once, was used by two targets");
            }
            checked.put(target, ClientOptions.of(target));
        }
        vertx = Vertx.builder().with(vertxOptions()).build();
        timer = timer();
        checked.forEach((target, options) -> {
            clients.put(target.name(), new TargetClient(target, vertx, options, timer));
            sayWhatIsUnusual(target);
        });
    }

    /** Few threads, all daemons; no cache directory, no search of the class path. */
    private static VertxOptions vertxOptions() {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "nodoubt-http-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        // After close every attempt has ended or is being ended: none needs an alarm any more.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return timer;
    }

    private static void sayWhatIsUnusual(HttpTarget target) {
        List<String> unusual = new ArrayList<>();
        HttpTarget.Timeouts timeouts = target.timeouts();
        addIfOutside(unusual, "connect timeout", timeouts.connect(), 5);
        addIfOutside(unusual, "response timeout", timeouts.response(), 3);
        if (!unusual.isEmpty()) {
            LOG.warn("ND-0121 target {}: {}; accepted as configured", target.name(), String.join(", ", unusual));
        }
    }

    private static void addIfOutside(List<String> unusual, String what, Duration value, int mostSeconds) {
        Duration most = Duration.ofSeconds(mostSeconds);
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(most) > 0) {
            unusual.add(what + " " + value + " is outside PT1S to " + most);
        }
    }

    @Override
    public CompletionStage<Crossing> cross(Attempt attempt) {
        String name = attempt.request().target();
        TargetClient client = clients.get(name);
        return client == null
                ? CompletableFuture.completedFuture(Crossing.of(
                        new AttemptResult.NotSent("target " + name + " is not configured; known are " + targets())))
                : client.cross(attempt);
    }

    @Override
    public Duration longest(String target) {
        return require(target).timeouts().longest();
    }

    @Override
    public Set<Step> steps(String target) {
        return require(target).protocol().steps();
    }

    private HttpTarget require(String target) {
        TargetClient client = clients.get(target);
        if (client == null) {
            throw new IllegalArgumentException("target must be one of " + targets() + ", was " + target);
        }
        return client.target();
    }

    @Override
    public Set<String> targets() {
        return Set.copyOf(clients.keySet());
    }

    /** Ends what is under way, as not sent or as lost, and waits up to 10 s for its threads to end. */
    @Override
    public void close() {
        clients.values().forEach(TargetClient::close);
        timer.shutdownNow();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            awaitTimer(timer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("ND-0122 transport did not end its connections and threads within {}", CLOSE_LIMIT, e);
        }
    }

    private static void awaitTimer(ScheduledExecutorService timer) throws InterruptedException {
        if (!timer.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("ND-0123 timer did not end within {}", CLOSE_LIMIT);
        }
    }
}
