package dev.nodoubt.console;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
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
 * Sends numbers to all who watch: read once for all of them, by one thread, and only while somebody does. Ends before the
 * server does, whose graceful end would wait for those who watch. Thread-safe.
 */
final class Live implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Live.class);

    private static final int KEPT = 300;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final List<Figures> figures;
    private final ConsoleProperties.Live settings;
    private final InstantSource clock;

    /** Each has its place from the moment it asks for it, however long the first numbers take. */
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /** What was sent, oldest first; used by the timer's thread only. */
    private final Deque<String> history = new ArrayDeque<>();

    private boolean failing;

    /** Made at each start: a context may be stopped and go on. */
    private @Nullable ScheduledExecutorService timer;

    /** @param figures what is sent, all of it to everybody */
    Live(List<Figures> figures, ConsoleProperties.Live settings, InstantSource clock) {
        this.figures = List.copyOf(figures);
        this.settings = settings;
        this.clock = clock;
    }

    /** One browser. */
    private static final class Watcher {

        private final SseEmitter emitter = new SseEmitter(LONGEST.toMillis()); // then the browser comes again

        /** Whether it has what was kept, and so gets what comes; used by the timer's thread only. */
        private boolean caughtUp;
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
        if (timer == null || watchers.size() >= settings.watchers()) {
            return Optional.empty();
        }
        Watcher watcher = new Watcher();
        watchers.add(watcher);
        watcher.emitter.onCompletion(() -> watchers.remove(watcher));
        watcher.emitter.onTimeout(() -> watchers.remove(watcher));
        watcher.emitter.onError(e -> watchers.remove(watcher));
        timer.execute(() -> catchUp(watcher));
        return Optional.of(watcher.emitter);
    }

    private void catchUp(Watcher watcher) {
        if (!watchers.contains(watcher)) {
            return; // it left while the numbers before were read
        }
        if (history.isEmpty()) {
            sample().ifPresent(this::keep);
        }
        send(watcher, "history", "[" + String.join(",", history) + "]");
        watcher.caughtUp = true;
    }

    private void tick() {
        if (watchers.isEmpty()) {
            history.clear(); // a plot with a hole would join its ends
            figures.forEach(Figures::pause);
            return;
        }
        sample().ifPresent(json -> {
            keep(json);
            watchers.stream().filter(watcher -> watcher.caughtUp).forEach(watcher -> send(watcher, "numbers", json));
        });
    }

    private void keep(String json) {
        history.addLast(json);
        if (history.size() > KEPT) {
            history.removeFirst();
        }
    }

    /** With {@code t} in seconds. */
    private Optional<String> sample() {
        try {
            String numbers = figures.stream().map(Figures::json).collect(Collectors.joining(","));
            failing = false;
            return Optional.of("{\"t\":" + Figures.number(clock.millis() / 1_000.0) + "," + numbers + "}");
        } catch (RuntimeException e) {
            if (!failing && isRunning()) { // once, until it works again; a stop interrupts it and is no failure
                log.warn(
                        "ND-0601 the console's live numbers cannot be read ({}); they stand still meanwhile",
                        e.getMessage());
            }
            failing = true;
            return Optional.empty();
        }
    }

    private void send(Watcher watcher, String event, String json) {
        try {
            watcher.emitter.send(SseEmitter.event().name(event).data(json));
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
        for (Watcher watcher : watchers) {
            try {
                watcher.emitter.complete();
            } catch (IllegalStateException e) {
                // the browser left just now
            }
        }
        watchers.clear();
    }
}
