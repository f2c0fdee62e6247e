package dev.nodoubt.console;

import dev.nodoubt.call.CallFilter;
import dev.nodoubt.call.CallQuery;
import dev.nodoubt.call.CallState;
import dev.nodoubt.call.DeskStore;
import dev.nodoubt.call.RecordedCall;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the overview's numbers to all who watch: read once for all of them, by one thread, and only while somebody does.
 * Ends before the server does, whose graceful end would wait for those who watch. Thread-safe.
 */
final class Live implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    private static final int KEPT = 300;
    private static final int LATENCIES = 200;
    private static final Duration LATELY = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final DeskStore store;
    private final ConsoleProperties.Live settings;
    private final Set<SseEmitter> watchers = ConcurrentHashMap.newKeySet();

    /** What was sent, oldest first; used by the timer's thread only. */
    private final Deque<String> history = new ArrayDeque<>();

    private boolean failing;

    /** Made at each start: a context may be stopped and go on. */
    private @Nullable ScheduledExecutorService timer;

    Live(DeskStore store, ConsoleProperties.Live settings) {
        this.store = store;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        if (timer == null) {
            timer = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "nodoubt-console-live");
                thread.setDaemon(true);
                return thread;
            });
            run(timer);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a tick answers for its own failures
    private void run(ScheduledExecutorService on) {
        long every = settings.every().toMillis();
        on.scheduleWithFixedDelay(this::tick, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** Whether anybody may watch at all. */
    boolean isOffered() {
        return settings.watchers() > 0;
    }

    /** A new watcher, who gets what was kept and then what comes; empty when there are enough. */
    synchronized Optional<SseEmitter> watch() {
        if (watchers.size() >= settings.watchers() || timer == null) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(LONGEST.toMillis()); // then the browser comes again
        emitter.onCompletion(() -> watchers.remove(emitter));
        emitter.onTimeout(() -> watchers.remove(emitter));
        emitter.onError(e -> watchers.remove(emitter));
        timer.execute(() -> {
            if (history.isEmpty()) {
                sample().ifPresent(this::keep);
            }
            send(emitter, "history", "[" + String.join(",", history) + "]");
            watchers.add(emitter);
        });
        return Optional.of(emitter);
    }

    private void tick() {
        if (watchers.isEmpty()) {
            history.clear(); // a plot with a hole would join its ends
            return;
        }
        sample().ifPresent(json -> {
            keep(json);
            watchers.forEach(watcher -> send(watcher, "numbers", json));
        });
    }

    private void keep(String json) {
        history.addLast(json);
        if (history.size() > KEPT) {
            history.removeFirst();
        }
    }

    private Optional<String> sample() {
        try {
            Instant from = Instant.now().minus(Duration.ofMinutes(1));
            CallQuery settled = CallQuery.NEWEST
                    .in(CallState.EXECUTED, CallState.REJECTED, CallState.NEVER)
                    .limit(LATENCIES);
            List<Duration> latencies = store.search(CallFilter.of(settled).made(from, null)).calls().stream()
                    .map(Live::latency)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toList());
            Sample sample = new Sample(
                    store.overview(Duration.ofHours(1)), store.overview(LATELY).settled(), latencies);
            failing = false;
            return Optional.of(sample.json());
        } catch (RuntimeException e) {
            if (!failing) { // once, until it works again
                log.warn("the console's live numbers cannot be read ({}); they stand still meanwhile", e.getMessage());
            }
            failing = true;
            return Optional.empty();
        }
    }

    private static Optional<Duration> latency(RecordedCall call) {
        return Optional.ofNullable(call.settled())
                .map(settled -> Duration.between(call.standing().recordedAt(), settled.at()));
    }

    private void send(SseEmitter watcher, String event, String json) {
        try {
            watcher.send(SseEmitter.event().name(event).data(json));
        } catch (IOException | IllegalStateException e) {
            watchers.remove(watcher); // the browser left
        }
    }

    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
        for (SseEmitter watcher : watchers) {
            try {
                watcher.complete();
            } catch (IllegalStateException e) {
                // the browser left just now
            }
        }
        watchers.clear();
    }
}
