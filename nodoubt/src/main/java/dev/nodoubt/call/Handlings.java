package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles calls that have an outcome handler: in small batches of one handler and target, in one transaction with it; one
 * by one when the handler throws. Lives on the loop; store and handlers are used on {@code io}.
 */
final class Handlings {

    private static final Logger log = LoggerFactory.getLogger(Handlings.class);
    private static final int BATCH = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CallStore store;
    private final Map<String, OutcomeHandler> handlers;
    private final Loop loop;
    private final Executor io;
    private final Map<Kind, List<Handling>> waiting = new LinkedHashMap<>();
    private final Set<IdempotencyKey> pending = new HashSet<>();
    private final Runnable committed;
    private boolean running;
    private boolean failing;

    /**
     * A call to be settled with its handler.
     *
     * @param watch current while the handler runs
     * @param then told on the loop how it went
     */
    record Handling(
            Settlement settlement, String handler, Target target, Watch<Boolean> watch, Consumer<Handled> then) {}

    /**
     * How a handling went.
     *
     * @param committed whether settlement and handler committed, or the row was another node's; else the handler threw
     * @param held whether the row was still held
     * @param problem how it failed, in one line; empty when it did not
     */
    record Handled(boolean committed, boolean held, String problem) {}

    private record Kind(String handler, String target) {}

    /** @param committed runs after a commit, in which handlers may have recorded calls */
    Handlings(CallStore store, Map<String, OutcomeHandler> handlers, Loop loop, Executor io, Runnable committed) {
        this.committed = committed;
        this.store = store;
        this.handlers = handlers;
        this.loop = loop;
        this.io = io;
    }

    void handle(Handling handling) {
        pending.add(handling.settlement.key());
        waiting.computeIfAbsent(new Kind(handling.handler, handling.target.name()), kind -> new ArrayList<>())
                .add(handling);
        next();
    }

    /** The calls whose handling has not ended. */
    Set<IdempotencyKey> pending() {
        return Set.copyOf(pending);
    }

    private void next() {
        if (running || waiting.isEmpty()) {
            return;
        }
        running = true;
        Kind kind = waiting.keySet().iterator().next();
        List<Handling> all = waiting.getOrDefault(kind, List.of());
        List<Handling> batch = all.stream()
                .limit(BATCH)
                .sorted(Comparator.comparing(h -> h.settlement.key().value()))
                .toList();
        waiting.remove(kind);
        if (all.size() > BATCH) { // behind the other kinds: one with many calls does not keep the rest waiting
            waiting.put(kind, new ArrayList<>(all.subList(BATCH, all.size())));
        }
        io.execute(() -> run(batch));
    }

    private void run(List<Handling> batch) {
        Map<Handling, Handled> ended = new LinkedHashMap<>();
        try {
            settle(batch, ended);
            loop.execute(() -> {
                running = false;
                failing = false;
                ended(ended);
            });
        } catch (RuntimeException | Error e) {
            loop.execute(() -> unusable(e, batch, ended));
        }
    }

    private void ended(Map<Handling, Handled> ended) {
        ended.forEach((handling, handled) -> {
            pending.remove(handling.settlement.key());
            handling.then.accept(handled);
        });
        if (ended.values().stream().anyMatch(Handled::committed)) {
            committed.run();
        }
        next();
    }

    /** That the store cannot be used is no fault of a handler: what is left is done when it can. */
    private void unusable(Throwable e, List<Handling> batch, Map<Handling, Handled> ended) {
        if (!failing) {
            failing = true;
            log.warn(
                    "ND-0103 {} outcomes with a handler are not written yet ({}); again each {}",
                    batch.size() - ended.size(),
                    e.getMessage(),
                    PAUSE);
        }
        List<Handling> left =
                batch.stream().filter(handling -> !ended.containsKey(handling)).toList();
        ended(ended);
        loop.schedule(PAUSE, () -> io.execute(() -> run(left)));
    }

    private void settle(List<Handling> batch, Map<Handling, Handled> ended) {
        try {
            Set<IdempotencyKey> held = settle(batch);
            batch.forEach(h -> ended.put(h, new Handled(true, held.contains(h.settlement.key()), "")));
        } catch (CallStore.HandlerException e) {
            if (batch.size() == 1) {
                String problem = Lesson.oneLine(e.getMessage() + ": " + e.getCause());
                ended.put(batch.get(0), new Handled(false, true, problem));
            } else {
                batch.forEach(h -> settle(List.of(h), ended));
            }
        }
    }

    private Set<IdempotencyKey> settle(List<Handling> batch) {
        Handling first = batch.get(0);
        OutcomeHandler handler = handlers.get(first.handler);
        if (handler == null) {
            throw new CallStore.HandlerException(
                    "outcome handler " + first.handler + " is not configured here",
                    new IllegalStateException("known are " + handlers.keySet()));
        }
        Map<IdempotencyKey, Watch<Boolean>> watches =
                batch.stream().collect(Collectors.toMap(h -> h.settlement.key(), h -> h.watch, (one, again) -> again));
        List<Settlement> settlements = batch.stream().map(Handling::settlement).toList();
        return store.settle(settlements, guarded(handler, watches), first.target.stopOn());
    }

    /** An error in the application's code is a failure of one call, never the end of the relay's work. */
    private static OutcomeHandler guarded(OutcomeHandler handler, Map<IdempotencyKey, Watch<Boolean>> watches) {
        return (transaction, call) -> {
            Watch.Scope scope = Objects.requireNonNull(watches.get(call.key())).open();
            try {
                handler.handle(transaction, call);
            } catch (Error e) {
                throw new IllegalStateException("the handler ended with " + e, e);
            } finally {
                scope.close();
            }
        };
    }
}
