package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what attempts taught, in batches that form by themselves: what comes in while one batch is written is the next.
 * A batch that fails is kept and written again. Lives on the loop; the store is used on {@code io}.
 */
final class Writer {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final CallStore store;
    private final Loop loop;
    private final Executor io;
    private final int batch;
    private final List<Settlement> settlements = new ArrayList<>();
    private final Consumer<Written> listener;
    private List<IdempotencyKey> underWay = List.of();
    private boolean failing;

    /** The newest progress of each call: an older one must never overwrite it. */
    private final Map<IdempotencyKey, Deferral> deferrals = new LinkedHashMap<>();

    /** What was written; {@code held} are the keys whose rows were still held by who wrote. */
    record Written(Set<IdempotencyKey> held, List<Settlement> settlements, List<Deferral> deferrals) {}

    Writer(CallStore store, Loop loop, Executor io, int batch, Consumer<Written> listener) {
        this.store = store;
        this.loop = loop;
        this.io = io;
        this.batch = batch;
        this.listener = listener;
    }

    void settle(Settlement settlement) {
        deferrals.remove(settlement.key());
        settlements.add(settlement);
        writeNext();
    }

    void defer(Deferral deferral) {
        deferrals.put(deferral.key(), deferral);
        writeNext();
    }

    /** The calls of which something is not written yet. */
    Set<IdempotencyKey> pending() {
        Set<IdempotencyKey> keys = new HashSet<>(underWay);
        keys.addAll(deferrals.keySet());
        settlements.forEach(settlement -> keys.add(settlement.key()));
        return keys;
    }

    private void writeNext() {
        if (!underWay.isEmpty() || (settlements.isEmpty() && deferrals.isEmpty())) {
            return;
        }
        List<Settlement> outcomes = take(settlements);
        List<Deferral> progress = take(deferrals.values());
        underWay = Stream.concat(
                        outcomes.stream().map(Settlement::key),
                        progress.stream().map(Deferral::key))
                .toList();
        io.execute(() -> write(outcomes, progress));
    }

    private <T> List<T> take(Collection<T> from) {
        List<T> taken = new ArrayList<>();
        for (Iterator<T> rows = from.iterator(); rows.hasNext() && taken.size() < batch; rows.remove()) {
            taken.add(rows.next());
        }
        return taken;
    }

    private void write(List<Settlement> outcomes, List<Deferral> progress) {
        try {
            Set<IdempotencyKey> held =
                    store.write(new CallStore.Batch(outcomes, progress, List.of(), List.of(), Map.of()));
            loop.execute(() -> {
                failing = false;
                underWay = List.of();
                listener.accept(new Written(held, outcomes, progress));
                writeNext();
            });
        } catch (RuntimeException e) {
            loop.execute(() -> failed(e, outcomes, progress));
        }
    }

    private void failed(RuntimeException e, List<Settlement> outcomes, List<Deferral> progress) {
        if (!failing) {
            failing = true;
            log.warn(
                    "{} outcomes and {} attempts are not written yet ({}); again each {}",
                    outcomes.size(),
                    progress.size(),
                    e.getMessage(),
                    PAUSE);
        }
        loop.schedule(PAUSE, () -> io.execute(() -> write(outcomes, progress)));
    }
}
