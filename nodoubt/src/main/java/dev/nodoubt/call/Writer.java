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
 * Writes that attempts begin and what they taught, in batches that form by themselves: what comes in while one batch is
 * written is the next. All goes one after the other, so that no older word on a call is written over a newer one. A batch
 * that fails is kept and written again. Lives on the loop; the store is used on {@code io}.
 */
final class Writer {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /**
     * Between two batches of outcomes, so that they are large: a commit costs as much for one row as for fifty. What comes
     * alone, or what somebody waits for, is written at once, and all that is no outcome.
     */
    private static final Duration GATHERING = Duration.ofMillis(40);

    private final CallStore store;
    private final Loop loop;
    private final Executor io;
    private final Limits limits;
    private final List<Start> starts = new ArrayList<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final List<AttemptRecord> attempts = new ArrayList<>();
    private final Consumer<Written> listener;
    private boolean running;
    private List<IdempotencyKey> underWay = List.of();
    private boolean failing;
    private boolean urgent;
    private boolean gathers;
    private long gathersUntil;

    /** The newest word on each call: an older one must never overwrite it. */
    private final Map<IdempotencyKey, Deferral> deferrals = new LinkedHashMap<>();

    private final Map<IdempotencyKey, Postponement> postponements = new LinkedHashMap<>();

    /**
     * What holds for all that is written.
     *
     * @param rows the most of one kind in a batch
     * @param gathered so many outcomes await no more: they take room in memory
     * @param stopOn by target, after which ends of a call its order stops
     */
    record Limits(int rows, int gathered, Map<String, Set<CallState>> stopOn) {}

    /** What was written; {@code held} are the keys whose rows were still held by who wrote. */
    record Written(Set<IdempotencyKey> held, CallStore.Batch batch) {}

    Writer(CallStore store, Loop loop, Executor io, Limits limits, Consumer<Written> listener) {
        this.store = store;
        this.loop = loop;
        this.io = io;
        this.limits = limits;
        this.listener = listener;
        this.gathersUntil = loop.nanoTime();
    }

    /** How the commit of an attempt's start ended. */
    enum Begun {
        /** Committed: the call may be sent. */
        HELD,
        /** The row is another node's, or gone, or somebody wants the call to be given up. */
        NOT_HELD,
        /** The store could not be used, so it may stand there or not. */
        FAILED
    }

    private record Start(Deferral sending, Consumer<Begun> then) {}

    /**
     * Commits that a call is being sent, before its first byte leaves: what was not committed so was certainly not sent,
     * whoever died. It supersedes what is not written of the call.
     */
    void begin(Deferral sending, Consumer<Begun> then) {
        supersede(sending.key(), sending.holder());
        starts.add(new Start(sending, then));
        writeNext();
    }

    /** @param isAwaited whether somebody, or the next call of an order, waits until it is written */
    void settle(Settlement settlement, boolean isAwaited) {
        urgent |= isAwaited;
        supersede(settlement.key(), settlement.holder());
        settlements.add(settlement);
        writeNext();
    }

    /** Somebody waits from now on until what is known of this call is written. */
    void hurry(IdempotencyKey key) {
        if (settlements.stream().anyMatch(settlement -> settlement.key().equals(key))) {
            urgent = true;
            writeNext();
        }
    }

    void defer(Deferral deferral) {
        if (supersede(deferral.key(), deferral.holder())) {
            deferrals.put(deferral.key(), deferral);
        }
        writeNext();
    }

    /** Drops an older word on the call, but none of a later incarnation: that one holds it now, and this one lapsed. */
    private boolean supersede(IdempotencyKey key, long holder) {
        Deferral pending = deferrals.get(key);
        boolean newest = pending == null || pending.holder() <= holder;
        if (newest) {
            deferrals.remove(key);
        }
        return newest;
    }

    void postpone(Postponement postponement) {
        supersede(postponement.settlement().key(), postponement.settlement().holder());
        postponements.put(postponement.settlement().key(), postponement);
        writeNext();
    }

    /** Evidence goes with the next batch and is dropped with what cannot be kept in memory: it decides nothing. */
    void keep(AttemptRecord attempt) {
        if (attempts.size() < 4 * limits.rows) {
            attempts.add(attempt);
        }
        writeNext();
    }

    /** The calls of which something is not written yet. */
    Set<IdempotencyKey> pending() {
        Set<IdempotencyKey> keys = new HashSet<>(underWay);
        keys.addAll(deferrals.keySet());
        keys.addAll(postponements.keySet());
        settlements.forEach(settlement -> keys.add(settlement.key()));
        return keys;
    }

    private void writeNext() {
        boolean nothing = Stream.of(starts, settlements, deferrals.values(), postponements.values(), attempts)
                .allMatch(Collection::isEmpty);
        if (running || nothing || gathers()) {
            return;
        }
        running = true;
        List<Start> beginning = take(starts);
        CallStore.Batch batch = new CallStore.Batch(
                take(settlements),
                take(deferrals.values()),
                take(postponements.values()),
                take(attempts),
                limits.stopOn);
        urgent &= !settlements.isEmpty();
        underWay = keys(batch);
        io.execute(() -> {
            begin(beginning);
            write(batch);
        });
    }

    /** Whether more is awaited before the next batch is written. */
    private boolean gathers() {
        long left = gathersUntil - loop.nanoTime();
        boolean onlyOutcomes =
                !settlements.isEmpty() && starts.isEmpty() && deferrals.isEmpty() && postponements.isEmpty();
        if (left <= 0 || urgent || !onlyOutcomes || settlements.size() >= limits.gathered) {
            return false;
        }
        if (!gathers) {
            gathers = true;
            loop.schedule(Duration.ofNanos(left), () -> {
                gathers = false;
                writeNext();
            });
        }
        return true;
    }

    private static List<IdempotencyKey> keys(CallStore.Batch batch) {
        return Stream.of(
                        batch.settlements().stream().map(Settlement::key),
                        batch.deferrals().stream().map(Deferral::key),
                        batch.postponements().stream().map(p -> p.settlement().key()))
                .flatMap(keys -> keys)
                .toList();
    }

    private void begin(List<Start> beginning) {
        if (beginning.isEmpty()) {
            return;
        }
        try {
            Set<IdempotencyKey> held =
                    store.begin(beginning.stream().map(Start::sending).toList());
            loop.execute(() -> beginning.forEach(
                    start -> start.then.accept(held.contains(start.sending.key()) ? Begun.HELD : Begun.NOT_HELD)));
        } catch (RuntimeException | Error e) {
            log.warn(
                    "ND-0104 the start of {} attempts could not be committed, so they were not made: {}",
                    beginning.size(),
                    e.getMessage());
            loop.execute(() -> beginning.forEach(start -> start.then.accept(Begun.FAILED)));
        }
    }

    private <T> List<T> take(Collection<T> from) {
        List<T> taken = new ArrayList<>();
        for (Iterator<T> rows = from.iterator(); rows.hasNext() && taken.size() < limits.rows; rows.remove()) {
            taken.add(rows.next());
        }
        return taken;
    }

    private void write(CallStore.Batch batch) {
        try {
            boolean nothing = Stream.of(batch.settlements(), batch.deferrals(), batch.postponements(), batch.attempts())
                    .allMatch(List::isEmpty);
            Set<IdempotencyKey> held = nothing ? Set.of() : store.write(batch);
            loop.execute(() -> {
                failing = false;
                running = false;
                if (!batch.settlements().isEmpty()) {
                    gathersUntil = loop.nanoTime() + GATHERING.toNanos();
                }
                underWay = List.of();
                listener.accept(new Written(held, batch));
                writeNext();
            });
        } catch (RuntimeException | Error e) {
            loop.execute(() -> failed(e, batch));
        }
    }

    private void failed(Throwable e, CallStore.Batch batch) {
        if (!failing) {
            failing = true;
            log.warn(
                    "ND-0102 {} outcomes and {} attempts are not written yet ({}); again each {}",
                    batch.settlements().size() + batch.postponements().size(),
                    batch.deferrals().size(),
                    e.getMessage(),
                    PAUSE);
        }
        loop.schedule(PAUSE, () -> io.execute(() -> write(batch)));
    }
}
