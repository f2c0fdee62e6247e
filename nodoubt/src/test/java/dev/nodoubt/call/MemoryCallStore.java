package dev.nodoubt.call;

import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import java.sql.Connection;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call store in memory that does what the JDBC ones do, row by row. Its transactions are those of {@link
 * MemoryTransaction}. Wrong variants override one rule of it.
 */
class MemoryCallStore implements CallStore {

    private final Supplier<Instant> clock;
    private final Map<IdempotencyKey, Row> open = new LinkedHashMap<>();
    private final Map<IdempotencyKey, RecordedCall> settled = new HashMap<>();
    private final Map<Long, NodeRow> nodes = new HashMap<>();
    private long incarnations;
    private int settledTwice;

    private static final class Row {
        private OpenCall call;
        private long holder;
        private final Instant recordedAt;
        private boolean cancelled;

        Row(OpenCall call, long holder, Instant recordedAt) {
            this.recordedAt = recordedAt;
            this.call = call;
            this.holder = holder;
        }

        boolean isDue(Instant now) {
            return !call.progress().dueAt().isAfter(now);
        }

        void become(CallState state, Instant dueAt) {
            Progress p = call.progress();
            Doubt doubt = state == CallState.WAITING || p.doubt() != null ? p.doubt() : Doubt.since(recordedAt);
            call = call.with(new Progress(state, p.attempts(), dueAt, p.deadline(), p.givingUp(), p.last(), doubt));
        }

        /** What stands in the row: a cancel is a column of its own. */
        OpenCall read() {
            Progress p = call.progress();
            return cancelled && p.givingUp() == null
                    ? call.with(new Progress(
                            p.state(),
                            p.attempts(),
                            p.dueAt(),
                            p.deadline(),
                            Progress.GivingUp.CANCELLED,
                            p.last(),
                            p.doubt()))
                    : call;
        }
    }

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
        Instant now = clock.get();
        Row row = new Row(call.with(Progress.born(now.plus(timing.delay()), now.plus(timing.deadline()))), holder, now);
        MemoryTransaction.onCommit(transaction, () -> insert(row));
        return new Recording(call.key(), holder, false);
    }

    private synchronized void insert(Row row) {
        open.put(row.call.key(), row);
    }

    @Override
    public synchronized List<OpenCall> due(long incarnation, Wish wish) {
        Instant now = clock.get();
        return open.values().stream()
                .filter(row -> row.holder == incarnation && row.isDue(now))
                .filter(row -> row.call.request().target().equals(wish.target())
                        && !wish.held().contains(row.call.key()))
                .sorted(Comparator.comparing(row -> row.call.progress().dueAt()))
                .limit(wish.limit())
                .map(Row::read)
                .toList();
    }

    @Override
    public synchronized Set<IdempotencyKey> cancelled(long incarnation) {
        Set<IdempotencyKey> keys = new HashSet<>();
        for (Row row : open.values()) {
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
            Row row = open.get(s.key());
            if (settled.containsKey(s.key()) && mayWrite(s.holder(), NOBODY)) {
                settledTwice++;
            } else if (row != null && mayWrite(s.holder(), row.holder)) {
                open.remove(s.key());
                settled.put(s.key(), settled(row.call, s));
                held.add(s.key());
            }
        }
        for (Deferral d : batch.deferrals()) {
            Row row = open.get(d.key());
            if (row != null && mayWrite(d.holder(), row.holder)) {
                row.call = row.call.with(d.progress());
                held.add(d.key());
            }
        }
        return held;
    }

    private RecordedCall settled(OpenCall call, Settlement s) {
        return recorded(
                call, state(s.outcome()), s.attempts(), new RecordedCall.Settled(s.outcome(), clock.get(), null));
    }

    private static RecordedCall recorded(
            OpenCall call, CallState state, int attempts, RecordedCall.@Nullable Settled settled) {
        return new RecordedCall(
                call.key(),
                call.request().target(),
                call.request().operation(),
                call.terms().labels(),
                new RecordedCall.Standing(
                        state,
                        attempts,
                        call.progress().last(),
                        Instant.EPOCH,
                        settled == null ? call.progress().dueAt() : null),
                settled);
    }

    private static CallState state(Outcome outcome) {
        if (outcome instanceof Outcome.Executed) {
            return CallState.EXECUTED;
        }
        return outcome instanceof Outcome.Rejected ? CallState.REJECTED : CallState.NEVER;
    }

    @Override
    public synchronized boolean cancel(IdempotencyKey key) {
        Row row = open.get(key);
        if (row != null) {
            row.cancelled = true;
            row.become(row.call.progress().state(), clock.get());
        }
        return row != null;
    }

    @Override
    public synchronized Optional<RecordedCall> find(IdempotencyKey key) {
        Row row = open.get(key);
        if (row == null) {
            return Optional.ofNullable(settled.get(key));
        }
        Progress p = row.call.progress();
        return Optional.of(recorded(row.call, p.state(), p.attempts(), null));
    }

    @Override
    public synchronized Set<IdempotencyKey> begin(List<Deferral> sending) {
        return write(new Batch(List.of(), sending, List.of(), List.of(), Map.of()));
    }

    @Override
    public Set<IdempotencyKey> settle(List<Settlement> settlements, OutcomeHandler handler, Set<CallState> stopOn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean settle(IdempotencyKey key, Outcome outcome, String evidence, @Nullable OutcomeHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean resumeOrder(String target, String orderKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordedCall> find(String target, String operation, String businessKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RecordedCall> search(CallQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<AttemptRecord> attempts(IdempotencyKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void holdOff(String target, Duration time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int purge(Retention retention, int batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Instant> heldOff() {
        return Map.of();
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
        for (Row row : new ArrayList<>(open.values())) {
            NodeRow node = nodes.get(row.holder);
            boolean free = row.holder == NOBODY || (node != null && node.ended);
            if (free
                    && taken < limit
                    && known.targets().contains(row.call.request().target())) {
                boolean asItIs = node == null || node.inOrder;
                row.holder = incarnation;
                if (!asItIs) {
                    takeOverFromTheDead(row, now);
                }
                taken++;
            }
        }
        return taken;
    }

    private void takeOverFromTheDead(Row row, Instant now) {
        CallState state = row.call.progress().state();
        boolean sent = state == CallState.WAITING && !row.call.terms().marksStart() && deadMayHaveSent();
        row.become(sent ? CallState.IN_DOUBT : state, now);
    }

    @Override
    public synchronized void leave(long incarnation, Collection<IdempotencyKey> underWay) {
        for (IdempotencyKey key : underWay) {
            Row row = open.get(key);
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

    /** How often an outcome was written for a call that had one. */
    synchronized int settledTwice() {
        return settledTwice;
    }

    /** How many calls are open. */
    synchronized int open() {
        return open.size();
    }
}
