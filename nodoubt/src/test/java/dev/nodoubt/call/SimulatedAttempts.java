package dev.nodoubt.call;

import dev.nodoubt.AttemptResult;
import dev.nodoubt.AttemptResult.Lost;
import dev.nodoubt.AttemptResult.NotSent;
import dev.nodoubt.IdempotencyKey;
import dev.nodoubt.Outcome;
import dev.nodoubt.Outcome.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls that a simulated node holds in memory: its attempts under way, and what they taught. */
final class SimulatedAttempts {

    private final History world;
    private final SimulatedNode node;
    private final Map<IdempotencyKey, Held> held = new LinkedHashMap<>();
    private final Map<Integer, Flight> flights = new LinkedHashMap<>();
    private final List<Start> starts = new ArrayList<>();
    private final Unwritten unwritten = new Unwritten();

    private static final class Held {
        private OpenCall call;
        private final long holder;
        private boolean isBusy;

        Held(OpenCall call, long holder) {
            this.call = call;
            this.holder = holder;
        }

        boolean isReady(Instant now) {
            Progress p = call.progress();
            return !isBusy && (!p.dueAt().isAfter(now) || (p.state() == CallState.WAITING && p.givesUp(now)));
        }
    }

    private record Flight(Held held, Step step, Instant begunAt) {}

    /** A request that must not be repeated, whose start was committed or was not: it has not left yet. */
    private record Start(Held held, Instant chosenAt, Writer.Begun begun) {}

    SimulatedAttempts(History world, SimulatedNode node) {
        this.world = world;
        this.node = node;
    }

    void hold(OpenCall call) {
        held.put(call.key(), new Held(call, node.incarnation()));
    }

    Set<IdempotencyKey> heldKeys() {
        return held.keySet();
    }

    void holdNothing() {
        held.clear();
    }

    void cancel(IdempotencyKey key) {
        Held h = held.get(key);
        if (h != null) {
            h.call = h.call.with(h.call.progress().givingUp(Progress.GivingUp.CANCELLED, node.now()));
        }
    }

    /** Calls of which a request or a word is under way. */
    Set<IdempotencyKey> underWay() {
        Set<IdempotencyKey> keys = unwritten.keys();
        starts.forEach(start -> keys.add(start.held.call.key()));
        flights.values().forEach(flight -> keys.add(flight.held.call.key()));
        return keys;
    }

    void clear() {
        held.clear();
        flights.clear();
        starts.clear();
        unwritten.clear();
    }

    /** Every attempt that can be made now. */
    void makeAll() {
        int calls = held.size();
        for (int i = 0; i < calls; i++) {
            attempt();
        }
        while (!starts.isEmpty()) {
            begun();
        }
        write();
    }

    void attempt() {
        boolean mayBegin = node.hasLease() || !world.protocol.asksForItsLease();
        List<Held> ready =
                held.values().stream().filter(h -> h.isReady(node.now())).toList();
        if (ready.isEmpty() || !mayBegin) {
            return;
        }
        Held h = ready.get(world.random.nextInt(ready.size()));
        Step step = world.protocol.next(h.call.progress(), node.now());
        h.isBusy = true;
        if (!step.crosses()) {
            withoutAsking(h, step);
        } else if (step == Step.EXECUTE
                && world.protocol.commitsStarts()
                && h.call.progress().doubt() == null) {
            begin(h);
        } else {
            cross(h, step, world.now());
        }
    }

    private void withoutAsking(Held h, Step step) {
        Progress progress = h.call.progress();
        if (step == Step.SETTLE_NEVER) {
            settle(h, CallMachine.never(progress, Why.NEVER_SENT), progress.attempts());
        } else {
            keep(h, CallMachine.parked(progress, world.protocol.target().capability(), node.now()));
        }
    }

    /** The store may fail, having committed or not. */
    private void begin(Held h) {
        boolean fails = !world.isHealed() && world.oneIn(10);
        Writer.Begun begun = Writer.Begun.FAILED;
        if (!fails || world.random.nextBoolean()) {
            Progress sending = h.call.progress().sending(node.now());
            boolean mine = unwritten.begin(world.store, new Deferral(h.call.key(), h.holder, sending));
            begun = fails ? begun : mine ? Writer.Begun.HELD : Writer.Begun.NOT_HELD;
        }
        Start start = new Start(h, world.now(), begun);
        world.say(() -> "node " + node.number() + " begins " + h.call.key() + ": " + start.begun);
        starts.add(start);
    }

    /** Time has passed since: the call may have been cancelled, and this node may go on under another incarnation. */
    void begun() {
        if (starts.isEmpty()) {
            return;
        }
        Start start = starts.remove(0);
        Held h = start.held;
        boolean wanted = world.protocol.next(h.call.progress(), node.now()) == Step.EXECUTE;
        if (start.begun == Writer.Begun.HELD && h.holder == node.incarnation() && wanted) {
            cross(h, Step.EXECUTE, start.chosenAt);
        } else if (start.begun == Writer.Begun.NOT_HELD) {
            forget(h.call.key(), h.holder);
        } else {
            keep(h, h.call.progress().dueAt(node.now().plusSeconds(1)));
        }
    }

    private void cross(Held h, Step step, Instant chosenAt) {
        if (!world.isHealed() && world.oneIn(8)) {
            learn(new Flight(h, step, node.now()), new NotSent("connection refused"));
        } else {
            int attempt = world.nextAttempt();
            flights.put(attempt, new Flight(h, step, node.now()));
            world.send(new Message(node.number(), attempt, step, h.call.key(), chosenAt, null));
        }
    }

    void answered(Message message, AttemptResult result) {
        Flight flight = flights.remove(message.attempt());
        if (flight != null) {
            learn(flight, result);
        }
    }

    void timeOut() {
        if (!flights.isEmpty()) {
            Integer oldest = flights.keySet().iterator().next();
            Flight flight = flights.get(oldest);
            flights.remove(oldest);
            if (flight != null) {
                learn(flight, new Lost("no answer"));
            }
        }
    }

    /** Attempts to which no answer can come any more. */
    void timeOutAll() {
        while (!flights.isEmpty()) {
            timeOut();
        }
    }

    private void learn(Flight flight, AttemptResult result) {
        Held h = flight.held;
        Target target = world.protocol.target().target();
        Decision decision =
                world.protocol.after(new Lesson(h.call, target, flight.step, flight.begunAt, node.now()), result);
        world.say(() -> "node " + node.number() + " learns of " + h.call.key() + " from " + flight.step + ": " + result
                + " → " + decision);
        if (decision instanceof Decision.Settle settled) {
            settle(h, settled.outcome(), h.call.progress().attempts() + 1);
        } else if (decision instanceof Decision.Keep kept) {
            keep(h, kept.progress());
        }
    }

    private void settle(Held h, Outcome outcome, int attempts) {
        unwritten.settle(h.call, h.holder, outcome, attempts);
    }

    private void keep(Held h, Progress progress) {
        h.call = h.call.with(progress);
        h.isBusy = false;
        unwritten.defer(h.call, h.holder);
    }

    void write() {
        Unwritten.Written written = unwritten.write(world.store);
        written.settlements().forEach(s -> forget(s.key(), s.holder()));
        for (Deferral d : written.deferrals()) {
            Held h = held.get(d.key());
            if (!written.stillHeld().contains(d.key()) || (h != null && !h.isBusy && world.oneIn(3))) {
                forget(d.key(), d.holder());
            }
        }
        if (!written.settlements().isEmpty()) {
            world.say(() -> "node " + node.number() + " writes " + written);
        }
    }

    private void forget(IdempotencyKey key, long holder) {
        Held h = held.get(key);
        if (h != null && h.holder == holder) {
            held.remove(key);
        }
    }
}
