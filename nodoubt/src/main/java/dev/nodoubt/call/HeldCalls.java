package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls to one target that this node holds in memory, bounded: those that wait, by the time of their next step, and
 * those whose attempt is under way or not written. What has no room stays in the store. Those that need no attempt may
 * take as much room again, so that they never wait for those that do. Lives on the loop.
 */
final class HeldCalls {

    private final Occupancy occupancy;
    private final Map<IdempotencyKey, Held> held = new HashMap<>();
    private final PriorityQueue<Held> waiting = new PriorityQueue<>(Comparator.comparing(Held::wakeAt));
    private final PriorityQueue<Held> due = new PriorityQueue<>(
            Comparator.comparingInt(Held::priority).reversed().thenComparing(Held::wakeAt));
    private final Set<IdempotencyKey> writtenSinceScan = new HashSet<>();

    /** Those of which somebody is told first. How long that takes is not ours, so they take no room. */
    private final Set<Held> aside = new HashSet<>();

    /** Older calls wait in the store than any that is committed now. */
    private boolean backlog;

    /** A call became due in the store. */
    private boolean expected;

    private final Latecomers latecomers;
    private long holder;

    /** @param capacity how many small calls there is room for */
    HeldCalls(int capacity) {
        this.occupancy = new Occupancy(capacity);
        this.latecomers = new Latecomers(capacity);
    }

    /**
     * Holds a call that was just committed, unless it is held already, there is no room, or older ones wait in the store:
     * a scan finds it after them, or before them by its priority.
     */
    void add(OpenCall call, long holder) {
        if (!backlog) {
            add(call, holder, occupancy.isFull());
        } else {
            latecomers.add(call);
        }
    }

    /** False when there is no room. */
    private boolean add(OpenCall call, long holder, boolean full) {
        if (held.containsKey(call.key())) {
            return true;
        }
        if (full) {
            backlog = true;
            return false;
        }
        Held h = new Held(call, holder);
        held.put(call.key(), h);
        occupancy.enter(call);
        enqueue(h);
        return true;
    }

    /** One that was just committed stays in the store: those after it wait behind it. */
    void passOver() {
        backlog = true;
    }

    /** The due call whose step comes first: of the highest priority, then of the longest wait. */
    Optional<Held> due(Instant now) {
        for (Held h = waiting.peek(); h != null && !h.wakeAt().isAfter(now); h = waiting.peek()) {
            waiting.remove();
            due.add(h);
        }
        return Optional.ofNullable(due.peek());
    }

    /** When the next call becomes due of those that were not by the last {@link #due}. */
    Optional<Instant> nextWake() {
        return Optional.ofNullable(waiting.peek()).map(Held::wakeAt);
    }

    /** A call's attempt begins: it waits no more. */
    void take(Held h) {
        if (h.waits) {
            h.waits = false;
            if (!due.remove(h)) {
                waiting.remove(h);
            }
        }
    }

    /** A call's attempt ended without an outcome: it waits again, if it is still held. */
    void putBack(Held h, Progress progress) {
        h.call = h.call.with(progress);
        h.unwritten = true;
        if (aside.remove(h)) {
            occupancy.enter(h.call);
        }
        if (held.get(h.call.key()) == h) {
            enqueue(h);
        }
    }

    /** Waits on, without anything to write. */
    void delay(Held h, Instant until) {
        h.call = h.call.with(h.call.progress().dueAt(until));
        if (held.get(h.call.key()) == h) {
            enqueue(h);
        }
    }

    /** Takes no room until it is put back. */
    void setAside(Held h) {
        if (held.get(h.call.key()) == h && aside.add(h)) {
            occupancy.leave(h.call);
        }
    }

    /** The row says this now. */
    void written(Held h, Progress progress) {
        Progress newest = h.call.progress();
        h.unwritten &= newest.attempts() != progress.attempts() || newest.state() != progress.state();
        noteWritten(h.call.key());
    }

    private void enqueue(Held h) {
        h.waits = true;
        waiting.add(h);
    }

    /** Takes every waiting call for which this holds. */
    List<Held> takeAll(Predicate<Progress> which) {
        List<Held> found = Stream.concat(due.stream(), waiting.stream())
                .filter(h -> which.test(h.call.progress()))
                .toList();
        found.forEach(this::take);
        return found;
    }

    /** Notes the wish to give these calls up. */
    void cancel(Set<IdempotencyKey> keys, Instant now) {
        change(keys, progress -> progress.givingUp(Progress.GivingUp.CANCELLED, now));
    }

    /** Makes the next step of these calls due. */
    void hurry(Set<IdempotencyKey> keys, Instant now) {
        change(keys, progress -> progress.dueAt().isAfter(now) ? progress.dueAt(now) : progress);
    }

    private void change(Set<IdempotencyKey> keys, UnaryOperator<Progress> change) {
        for (Held h : keys.stream().map(held::get).filter(Objects::nonNull).toList()) {
            Progress changed = change.apply(h.call.progress());
            if (!changed.equals(h.call.progress())) {
                boolean waited = h.waits;
                take(h);
                h.call = h.call.with(changed);
                if (waited) {
                    enqueue(h);
                }
            }
        }
    }

    /** The call under this key, when this holder holds it. */
    @Nullable
    Held find(IdempotencyKey key, long holder) {
        Held h = held.get(key);
        return h != null && h.holder() == holder ? h : null;
    }

    void forget(Held h) {
        if (held.remove(h.call.key(), h) && !aside.remove(h)) {
            occupancy.leave(h.call);
        }
        take(h);
        noteWritten(h.call.key());
    }

    /** What was held under another incarnation is not held any more: its rows may be another node's. */
    void keepOnly(long incarnation) {
        if (holder != incarnation) {
            holder = incarnation;
            held.values().removeIf(h -> h.holder() != incarnation);
            waiting.removeIf(h -> h.holder() != incarnation);
            due.removeIf(h -> h.holder() != incarnation);
            aside.removeIf(h -> h.holder() != incarnation);
            occupancy.clear();
            held.values().stream().filter(h -> !aside.contains(h)).forEach(h -> occupancy.enter(h.call));
            latecomers.forget();
        }
    }

    /** Forgets a call that a scan will find in time, when room is scarce. */
    void makeRoom(Held h, Instant worthHoldingUntil) {
        if (h.waits && !occupancy.isHalfFree() && h.wakeAt().isAfter(worthHoldingUntil)) {
            forget(h);
        }
    }

    /**
     * The keys that a scan need not read.
     *
     * @param reads whether it reads calls that need attempts
     */
    Collection<IdempotencyKey> beginScan(boolean reads) {
        expected = !reads;
        latecomers.beginScan();
        writtenSinceScan.clear();
        return keys();
    }

    List<IdempotencyKey> keys() {
        return List.copyOf(held.keySet());
    }

    /** The row under this key changed: what a scan under way has read of it is old. */
    private void noteWritten(IdempotencyKey key) {
        writtenSinceScan.add(key);
    }

    /** A call that was waiting for the end of another one may be due now. */
    void expectMore() {
        expected = true;
    }

    boolean expectsMore() {
        return expected;
    }

    /**
     * Takes what a scan found; false when not all of it had room.
     *
     * @param attempts whether it may need attempts; else it says nothing of a backlog of those
     */
    boolean endScan(List<OpenCall> found, long holder, boolean attempts, boolean more) {
        backlog = more || (backlog && !attempts);
        boolean whole = true;
        for (OpenCall call : found) {
            if (!writtenSinceScan.contains(call.key())) {
                whole &= add(call, holder, attempts ? occupancy.isFull() : occupancy.isFullWithoutAttempts());
            }
        }
        List<OpenCall> late = latecomers.endScan();
        if (!backlog) {
            late.forEach(call -> add(call, holder, occupancy.isFull()));
        }
        return whole;
    }

    /** A scan found nothing out: what was committed meanwhile is left to the next one. */
    void scanFailed() {
        latecomers.endScan();
    }

    /** Whether calls wait in the store and there is room for them now. */
    boolean wantsScan() {
        return (backlog || expected) && occupancy.isHalfFree();
    }

    Occupancy occupancy() {
        return occupancy;
    }

    /** Whether an attempt at the call is under way, or what it taught is not written. */
    boolean isUnderWay(IdempotencyKey key) {
        Held h = held.get(key);
        return h != null && (!h.waits || h.unwritten);
    }

    int size() {
        return held.size();
    }

    /** Calls with an attempt under way or an outcome not written. */
    Set<IdempotencyKey> underWay() {
        return held.values().stream()
                .filter(h -> !h.waits)
                .map(h -> h.call.key())
                .collect(Collectors.toSet());
    }
}
