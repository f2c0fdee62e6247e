package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call store in memory that does what the JDBC ones do, row by row. Its transactions are those of {@link
 * MemoryTransaction}. Wrong variants override one rule of it.
 */
class MemoryCallStore implements CallStore {

    /** The most wishes that are read at once. */
    static final int PAGE = 2;

    private final Supplier<Instant> clock;
    private final Map<IdempotencyKey, MemoryRow> open = new LinkedHashMap<>();
    private final Map<IdempotencyKey, RecordedCall> settled = new LinkedHashMap<>();
    private final Map<IdempotencyKey, List<AttemptRecord>> attempts = new HashMap<>();
    private final Map<List<String>, Reference> references = new HashMap<>();
    private final Map<List<String>, CallState> stopped = new HashMap<>();
    private final Map<Long, NodeRow> nodes = new HashMap<>();
    private final Map<String, Instant> heldOff = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Map<IdempotencyKey, Boolean> hurried = new HashMap<>();
    private long incarnations;
    private int settledTwice;

    /** What a business key names. */
    private record Reference(IdempotencyKey key, Instant at) {}

    private static final class NodeRow {
        private Instant leaseUntil;
        private boolean ended;
        private boolean inOrder;

        NodeRow(Instant leaseUntil) {
            this.leaseUntil = leaseUntil;
        }
    }

    MemoryCallStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    // -- rules that wrong variants break

    /** Whether the calls of a node that died may have been sent. */
    boolean deadMayHaveSent() {
        return true;
    }

    /** Whether this writer still holds the row. */
    boolean mayWrite(long writer, long holder) {
        return writer == holder;
    }

    // -- calls

    @Override
    public synchronized Recording record(Connection transaction, OpenCall call, Call.Timing timing, long holder) {
        if (open.containsKey(call.key()) || settled.containsKey(call.key())) {
            throw new CallStoreException("call " + call.key() + " is recorded already", null);
        }
        Reference earlier = references.get(reference(call));
        if (earlier != null && call.terms().labels().businessKey() != null) {
            return new Recording(earlier.key, NOBODY, true);
        }
        Instant now = clock.get();
        OpenCall born = call.with(Progress.born(now.plus(timing.delay()), now.plus(timing.deadline())));
        MemoryRow row = new MemoryRow(born, hasPredecessor(born) ? NOBODY : holder, now);
        row.queued = row.holder == NOBODY && holder != NOBODY;
        MemoryTransaction.onCommit(transaction, () -> insert(row));
        return new Recording(call.key(), row.holder, false);
    }

    @Override
    public boolean commitKeeps(Connection transaction) {
        return true;
    }

    @Override
    public synchronized Set<IdempotencyKey> openOf(Collection<IdempotencyKey> keys) {
        Set<IdempotencyKey> found = new HashSet<>(keys);
        found.retainAll(open.keySet());
        return found;
    }

    private boolean hasPredecessor(OpenCall call) {
        List<String> order = order(call);
        return order != null
                && (stopped.containsKey(order)
                        || open.values().stream().anyMatch(row -> order.equals(order(row.call))));
    }

    private static @Nullable List<String> order(OpenCall call) {
        String orderKey = call.terms().labels().orderKey();
        return orderKey == null ? null : List.of(call.request().target(), orderKey);
    }

    private static List<String> reference(OpenCall call) {
        String businessKey = call.terms().labels().businessKey();
        return List.of(call.request().target(), call.request().operation(), businessKey == null ? "" : businessKey);
    }

    private synchronized void insert(MemoryRow row) {
        open.put(row.call.key(), row);
        if (row.call.terms().labels().businessKey() != null) {
            references.put(reference(row.call), new Reference(row.call.key(), row.recordedAt));
        }
    }

    @Override
    public synchronized List<OpenCall> due(long incarnation, Wish wish) {
        Instant now = clock.get();
        return open.values().stream()
                .filter(row -> row.holder == incarnation && row.isDue(now))
                .filter(row -> row.call.request().target().equals(wish.target())
                        && !wish.held().contains(row.call.key()))
                .filter(row -> switch (wish.wanted()) {
                    case ALL -> true;
                    case ENDED -> row.needsNobody(Instant.MIN);
                    case ENDED_OR_LATE -> row.needsNobody(now);
                })
                .filter(row ->
                        wish.since() == null || !row.call.progress().dueAt().isBefore(wish.since()))
                .sorted(Comparator.comparingInt(
                                (MemoryRow row) -> row.call.terms().labels().priority())
                        .reversed()
                        .thenComparing(row -> row.call.progress().dueAt()))
                .limit(wish.limit())
                .map(MemoryRow::read)
                .toList();
    }

    @Override
    public synchronized Set<IdempotencyKey> cancelled(long incarnation) {
        Set<IdempotencyKey> keys = new HashSet<>();
        for (MemoryRow row : open.values()) {
            if (row.cancelled && row.holder == incarnation) {
                keys.add(row.call.key());
            }
        }
        return keys;
    }

    @Override
    public synchronized Set<IdempotencyKey> write(Batch batch) {
        Set<IdempotencyKey> held = new HashSet<>();
        for (Settlement s : batch.settlements()) {
            if (settle(s, batch.stopOn())) {
                held.add(s.key());
            }
        }
        for (Deferral d : batch.deferrals()) {
            MemoryRow row = open.get(d.key());
            if (row != null && mayWrite(d.holder(), row.holder)) {
                row.call = row.call.with(d.progress());
                held.add(d.key());
            }
        }
        for (Postponement p : batch.postponements()) {
            MemoryRow row = open.get(p.settlement().key());
            if (row != null && mayWrite(p.settlement().holder(), row.holder)) {
                row.postpone(p);
                held.add(p.settlement().key());
            }
        }
        batch.attempts()
                .forEach(a -> attempts.computeIfAbsent(a.key(), k -> new ArrayList<>())
                        .add(a));
        return held;
    }

    private boolean settle(Settlement s, Map<String, Set<CallState>> stopOn) {
        MemoryRow row = open.get(s.key());
        if (settled.containsKey(s.key()) && mayWrite(s.holder(), NOBODY)) {
            settledTwice++;
        } else if (row != null && mayWrite(s.holder(), row.holder)) {
            end(row, s, null, stopOn.getOrDefault(row.call.request().target(), Set.of()));
            return true;
        }
        return false;
    }

    private void end(MemoryRow row, Settlement s, @Nullable String evidence, Set<CallState> stopOn) {
        open.remove(s.key());
        CallState state = MemoryRow.state(s.outcome());
        settled.put(
                s.key(),
                row.recorded(state, s.attempts(), new RecordedCall.Settled(s.outcome(), clock.get(), evidence)));
        List<String> order = order(row.call);
        if (order != null && stopOn.contains(state)) {
            stopped.put(order, state);
        } else if (order != null) {
            next(order).ifPresent(next -> next.handOver(row.holder));
        }
    }

    private Optional<MemoryRow> next(List<String> order) {
        return open.values().stream()
                .filter(row -> order.equals(order(row.call)))
                .findFirst();
    }

    @Override
    public synchronized Set<IdempotencyKey> begin(List<Deferral> sending) {
        List<Deferral> wanted = sending.stream()
                .filter(start -> !open.containsKey(start.key()) || !open.get(start.key()).cancelled)
                .toList();
        return write(new Batch(List.of(), wanted, List.of(), List.of(), Map.of()));
    }

    @Override
    public Set<IdempotencyKey> settle(List<Settlement> settlements, OutcomeHandler handler, Set<CallState> stopOn) {
        List<Settlement> mine;
        Connection transaction = MemoryTransaction.begin();
        synchronized (this) {
            mine = settlements.stream()
                    .filter(s -> holds(s.holder(), open.get(s.key())))
                    .toList();
        }
        for (Settlement s : mine) {
            handle(transaction, s, handler);
        }
        return commit(transaction, mine, stopOn);
    }

    private boolean holds(long writer, @Nullable MemoryRow row) {
        return row != null && mayWrite(writer, row.holder);
    }

    private void handle(Connection transaction, Settlement s, OutcomeHandler handler) {
        OpenCall call = Objects.requireNonNull(open.get(s.key())).call;
        try {
            handler.handle(
                    transaction,
                    new KnownCall(s.key(), call.request(), call.terms().labels(), s.outcome(), s.attempts()));
        } catch (Exception e) {
            throw new HandlerException("call " + s.key() + ": its outcome handler failed", e);
        }
    }

    private synchronized Set<IdempotencyKey> commit(
            Connection transaction, List<Settlement> mine, Set<CallState> stopOn) {
        Set<IdempotencyKey> held = new HashSet<>();
        for (Settlement s : mine) {
            MemoryRow row = open.get(s.key());
            if (row != null) {
                end(row, s, null, stopOn);
                held.add(s.key());
            }
        }
        try {
            transaction.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return held;
    }

    @Override
    public boolean settle(IdempotencyKey key, Outcome outcome, String evidence, @Nullable OutcomeHandler handler) {
        MemoryRow row = open.get(key);
        if (row == null || row.call.progress().state() != CallState.UNRESOLVED) {
            return false;
        }
        Settlement s =
                new Settlement(key, row.holder, outcome, row.call.progress().attempts());
        Connection transaction = MemoryTransaction.begin();
        if (handler != null) {
            handle(transaction, s, handler);
        }
        synchronized (this) {
            end(row, s, evidence, Set.of());
        }
        commit(transaction, List.of(), Set.of());
        return true;
    }

    @Override
    public synchronized boolean cancel(IdempotencyKey key) {
        MemoryRow row = open.get(key);
        if (row != null) {
            row.cancelled = true;
            row.become(row.call.progress().state(), clock.get());
        }
        return row != null;
    }

    @Override
    public synchronized boolean resumeOrder(String target, String orderKey) {
        List<String> order = List.of(target, orderKey);
        boolean wasStopped = stopped.remove(order) != null;
        if (wasStopped) {
            next(order).ifPresent(row -> row.handOver(NOBODY));
        }
        return wasStopped;
    }

    @Override
    public synchronized Optional<RecordedCall> find(IdempotencyKey key) {
        MemoryRow row = open.get(key);
        return row == null ? Optional.ofNullable(settled.get(key)) : Optional.of(row.recorded());
    }

    @Override
    public synchronized Optional<RecordedCall> find(String target, String operation, String businessKey) {
        return Optional.ofNullable(references.get(List.of(target, operation, businessKey)))
                .flatMap(reference -> find(reference.key));
    }

    @Override
    public synchronized List<RecordedCall> search(CallQuery query) {
        return Stream.concat(open.values().stream().map(MemoryRow::recorded), settled.values().stream())
                .filter(call -> query.states().isEmpty() || query.states().contains(call.state()))
                .filter(call -> query.target() == null || query.target().equals(call.target()))
                .filter(call -> query.reference() == null
                        || query.reference().equals(call.labels().reference()))
                .filter(call -> query.tag() == null || call.labels().tags().contains(query.tag()))
                .filter(call -> query.before() == null
                        || call.key().value().compareTo(query.before().value()) < 0)
                .sorted(Comparator.comparing((RecordedCall call) -> call.key().value())
                        .reversed())
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<AttemptRecord> attempts(IdempotencyKey key) {
        return List.copyOf(attempts.getOrDefault(key, List.of()));
    }

    @Override
    public synchronized void holdOff(String target, Duration time) {
        heldOff.put(target, clock.get().plus(time));
    }

    @Override
    public synchronized Map<String, Instant> heldOff() {
        heldOff.values().removeIf(until -> !until.isAfter(clock.get()));
        return Map.copyOf(heldOff);
    }

    /** An operator pauses a target, or ends that. */
    synchronized void pause(String target, boolean now) {
        if (now) {
            paused.add(target);
        } else {
            paused.remove(target);
        }
    }

    /** An operator wants the next step of an open call at once. */
    synchronized void hurry(IdempotencyKey key, boolean asks) {
        MemoryRow row = Objects.requireNonNull(open.get(key));
        row.become(row.call.progress().state(), clock.get());
        hurried.put(key, asks);
    }

    @Override
    public synchronized Demands demands(long incarnation, Heard heard) {
        heard.done().forEach(hurried::remove);
        hurried.keySet().retainAll(open.keySet());
        Map<IdempotencyKey, Boolean> mine = new HashMap<>();
        List<IdempotencyKey> page = page(heard.after());
        for (IdempotencyKey key : page) {
            MemoryRow row = Objects.requireNonNull(open.get(key));
            boolean asks = Objects.requireNonNull(hurried.get(key));
            if (row.holder == incarnation) {
                mine.put(key, asks);
                makeDue(row, !heard.held().contains(key), asks);
            }
        }
        return new Demands(Set.copyOf(paused), mine, page.size() == PAGE ? page.get(PAGE - 1) : null);
    }

    private List<IdempotencyKey> page(@Nullable IdempotencyKey after) {
        return hurried.keySet().stream()
                .filter(key -> after == null || key.value().compareTo(after.value()) > 0)
                .sorted(Comparator.comparing(IdempotencyKey::value))
                .limit(PAGE)
                .toList();
    }

    private void makeDue(MemoryRow row, boolean unheld, boolean asks) {
        CallState state = row.call.progress().state();
        boolean doubtful = state == CallState.IN_DOUBT || state == CallState.UNRESOLVED;
        if (unheld && (doubtful || !asks) && !row.isDue(clock.get())) {
            row.become(state, clock.get());
        }
    }

    @Override
    public synchronized Map<IdempotencyKey, Boolean> hurried(Collection<IdempotencyKey> keys) {
        Map<IdempotencyKey, Boolean> wanted = new HashMap<>(hurried);
        wanted.keySet().retainAll(keys);
        return wanted;
    }

    /** What its holder wrote last: its next step is due then. */
    synchronized void dueIn(IdempotencyKey key, Duration time) {
        MemoryRow row = Objects.requireNonNull(open.get(key));
        row.become(row.call.progress().state(), clock.get().plus(time));
    }

    /** Whether a wish for this call is not done. */
    synchronized boolean isHurried(IdempotencyKey key) {
        return hurried.containsKey(key);
    }

    @Override
    public synchronized int purge(Retention retention, int batch) {
        Instant calls = clock.get().minus(retention.settled());
        Instant keys = clock.get().minus(retention.businessKeys());
        List<IdempotencyKey> old = settled.values().stream()
                .filter(call -> call.settled() != null && call.settled().at().isBefore(calls))
                .limit(batch)
                .map(RecordedCall::key)
                .toList();
        List<List<String>> forgotten = references.entrySet().stream()
                .filter(entry -> entry.getValue().at.isBefore(keys) && !open.containsKey(entry.getValue().key))
                .limit(batch)
                .map(Map.Entry::getKey)
                .toList();
        settled.keySet().removeAll(old);
        attempts.keySet().removeAll(old);
        forgotten.forEach(references::remove);
        return old.size() + forgotten.size();
    }

    // -- nodes

    @Override
    public synchronized Lease join(String node, Duration lease) {
        Instant now = clock.get();
        nodes.put(++incarnations, new NodeRow(now.plus(lease)));
        return new Lease(incarnations, now);
    }

    @Override
    public synchronized Optional<Lease> renew(long incarnation, Duration lease) {
        NodeRow node = nodes.get(incarnation);
        if (node == null || node.ended) {
            return Optional.empty();
        }
        node.leaseUntil = clock.get().plus(lease);
        return Optional.of(new Lease(incarnation, clock.get()));
    }

    @Override
    public synchronized int takeOver(long incarnation, Known known, int limit) {
        Instant now = clock.get();
        nodes.forEach((number, node) -> node.ended |= number != incarnation && node.leaseUntil.isBefore(now));
        int taken = 0;
        for (MemoryRow row : new ArrayList<>(open.values())) {
            if (taken < limit && isFree(row, now) && isKnown(row, known, now)) {
                NodeRow node = nodes.get(row.holder);
                boolean asItIs = node == null || node.inOrder;
                row.holder = incarnation;
                row.queued = false;
                if (!asItIs) {
                    takeOverFromTheDead(row, now);
                }
                taken++;
            }
        }
        return taken;
    }

    private boolean isFree(MemoryRow row, Instant now) {
        NodeRow node = nodes.get(row.holder);
        boolean mustWait = row.queued && !row.givesUp(now);
        return (row.holder == NOBODY && !mustWait) || (node != null && node.ended);
    }

    private static boolean isKnown(MemoryRow row, Known known, Instant now) {
        String target = row.call.request().target();
        String handler = row.call.terms().labels().handler();
        return known.targets().contains(target)
                && (handler == null || known.handlers().contains(handler))
                && (!known.heldOff().contains(target) || row.needsNobody(now) || row.givesUp(now));
    }

    private void takeOverFromTheDead(MemoryRow row, Instant now) {
        CallState state = row.call.progress().state();
        boolean sent = state == CallState.WAITING && !row.call.terms().marksStart() && deadMayHaveSent();
        row.become(sent ? CallState.IN_DOUBT : state, now);
    }

    @Override
    public synchronized void leave(long incarnation, Collection<IdempotencyKey> underWay) {
        for (IdempotencyKey key : underWay) {
            MemoryRow row = open.get(key);
            if (row != null && row.holder == incarnation && row.call.progress().state() == CallState.WAITING) {
                row.become(CallState.IN_DOUBT, row.call.progress().dueAt());
            }
        }
        NodeRow node = nodes.get(incarnation);
        if (node != null && !node.ended) {
            node.ended = true;
            node.inOrder = true;
        }
    }

    /** An open call as its row has it. */
    synchronized OpenCall read(IdempotencyKey key) {
        return Objects.requireNonNull(open.get(key)).read();
    }

    /** The bytes of this open call are not those that were recorded. */
    synchronized void damage(IdempotencyKey key) {
        Objects.requireNonNull(open.get(key)).damaged = true;
    }

    /** How often an outcome was written for a call that had one. */
    synchronized int settledTwice() {
        return settledTwice;
    }

    /** How many calls are open. */
    synchronized int open() {
        return open.size();
    }
}
